// Only enhances: every page works without this file.
"use strict";

// A form is sent once. Coming back to the page, or giving up on a slow answer, makes its button work again.
function sendOnce(form) {
  let sent = false;
  const button = form.querySelector("button");
  const release = () => { sent = false; button?.removeAttribute("aria-busy"); };
  form.addEventListener("submit", event => {
    if (sent) { event.preventDefault(); return; }
    sent = true;
    button?.setAttribute("aria-busy", "true");
    setTimeout(release, 8000);
  });
  addEventListener("pageshow", event => { if (event.persisted) release(); });
}

// The link was opened in the browser that asked for it. Not again after the back button: then the page waits for a press.
function submitItself(form) {
  const [visit] = performance.getEntriesByType("navigation");
  if (visit?.type !== "back_forward") form.requestSubmit();
}

function countDown(box) {
  const end = Date.now() + Number(box.dataset.countdown) * 1000;
  const action = box.querySelector("button, a");
  const shown = box.querySelector("[data-countdown-text]");
  const said = box.querySelector("[role=status]");
  const left = () => Math.ceil((end - Date.now()) / 1000);
  if (!shown || left() <= 0) return;

  const stop = event => { if (left() > 0) event.preventDefault(); };
  const words = s => s < 60 ? `${s}\u00a0s` : `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
  const tick = () => {
    if (left() > 0) { shown.textContent = box.dataset.waiting.replace("{0}", words(left())); return; }
    clearInterval(timer);
    removeEventListener("pageshow", tick);
    document.removeEventListener("visibilitychange", tick);
    action.removeAttribute("aria-disabled");
    shown.textContent = box.dataset.ready;
    said.textContent = box.dataset.ready; // the only thing read out: not each second
  };
  action.setAttribute("aria-disabled", "true");
  action.addEventListener("click", stop);
  const timer = setInterval(tick, 1000);
  // Timers sleep in the background and in the back/forward cache; the end of the wait does not move.
  addEventListener("pageshow", tick);
  document.addEventListener("visibilitychange", tick);
}

// "Did you mean ann@gmail.com?" for slips in well-known domains. It asks and never insists.
const domains = ("gmail.com outlook.com hotmail.com yahoo.com icloud.com proton.me protonmail.com hotmail.fr outlook.fr yahoo.fr orange.fr " +
  "wanadoo.fr laposte.net hotmail.ca yahoo.ca videotron.ca sympatico.ca rogers.com comcast.net verizon.net").split(" ");
const alsoReal = "mail.com email.com ymail.com gmx.com aol.com msn.com live.com".split(" ");

function distance(a, b) {
  let before = [], row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    before = row;
    row = next;
  }
  return row[b.length];
}

function meant(address) {
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1).toLowerCase();
  if (at < 1 || domain.length < 4 || domains.includes(domain) || alsoReal.includes(domain)) return null;
  const [name, ...rest] = domain.split(".");
  const isOtherCountry = rest.length > 0 && /^([a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2})$/.test(rest.join(".")) && !["co", "cm", "om"].includes(rest.join("."));
  for (const most of [1, 2]) {
    const found = domains.find(d => distance(domain, d) === most && !(isOtherCountry && name === d.split(".")[0]));
    if (found) return address.slice(0, at + 1) + found;
  }
  return null;
}

function suggest(place) {
  const field = document.getElementById(place.dataset.suggestFor);
  let pause;
  const look = () => {
    const better = field.validity.valid ? meant(field.value.trim()) : null;
    if (better === (place.dataset.shown ?? null)) return;
    place.replaceChildren();
    delete place.dataset.shown;
    if (!better) return;
    const accept = document.createElement("button");
    accept.type = "button";
    accept.textContent = place.dataset.question.replace("{0}", better);
    accept.addEventListener("click", () => { field.value = better; look(); field.focus(); });
    place.dataset.shown = better;
    place.append(accept);
  };
  field.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(look, 500); });
  field.addEventListener("change", look);
}

// A password can be looked at while it is typed.
function reveal(field) {
  const button = document.createElement("button");
  const show = shown => {
    field.type = shown ? "text" : "password";
    button.textContent = shown ? field.dataset.hide : field.dataset.show;
  };
  button.type = "button";
  button.className = "plain reveal";
  button.addEventListener("click", () => show(field.type === "password"));
  field.form.addEventListener("submit", () => show(false)); // else some browsers keep what was typed
  show(false);
  field.after(button);
}

// A device whose clock is far off loses cookies early, and its holder reads wrong times.
function compareClock(place) {
  const tenMinutes = 10 * 60 * 1000;
  if (Math.abs(Date.now() - Number(place.dataset.clock)) > tenMinutes) place.hidden = false;
}

// The mark of a new sign-in has done its work once the page is there.
function tidyAddress() {
  const address = new URL(location);
  if (!address.searchParams.has("signed-in")) return;
  address.searchParams.delete("signed-in");
  history.replaceState(history.state, "", address);
}

// How long a unit is still held. Read out at the end only.
function showHeld(box) {
  const end = Date.now() + Number(box.dataset.held) * 1000;
  const shown = box.querySelector(".time");
  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    if (left > 0) { shown.textContent = box.dataset.waiting.replace("{0}", left < 60 ? `${left}\u00a0s` : `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`); return; }
    clearInterval(timer);
    box.setAttribute("role", "status");
    shown.textContent = box.dataset.over;
  };
  const timer = setInterval(tick, 1000);
}

// The word of the payment provider comes by itself: a page that waits for it looks again, for half a minute.
function lookAgain() {
  const tries = Number(sessionStorage.getItem("looked") ?? 0);
  if (tries >= 15) return;
  sessionStorage.setItem("looked", String(tries + 1));
  setTimeout(() => location.reload(), 2000);
}

tidyAddress();
document.querySelectorAll("form").forEach(sendOnce);
document.querySelectorAll("[data-show]").forEach(reveal);
document.querySelectorAll("[data-countdown]").forEach(countDown);
document.querySelectorAll("[data-suggest-for]").forEach(suggest);
document.querySelectorAll("[data-clock]").forEach(compareClock);
document.querySelectorAll("[data-submit-itself=yes]").forEach(submitItself);
document.querySelectorAll("[data-held]").forEach(showHeld);
if (document.querySelector("[data-look-again=yes]")) lookAgain(); else sessionStorage.removeItem("looked");
