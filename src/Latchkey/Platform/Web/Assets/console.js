// What makes the console quicker by keyboard; everything works without it.
(() => {
  const wide = matchMedia("(min-width: 52.01rem)");
  const menu = document.querySelector("details[data-wide-open]");
  const fold = () => { if (menu) menu.open = wide.matches; };
  wide.addEventListener("change", fold);
  fold();

  // One open row menu at a time; Escape and a click elsewhere close it.
  const menus = () => [...document.querySelectorAll("details.more[open]")];
  document.addEventListener("click", e => menus().forEach(m => { if (!m.contains(e.target)) m.open = false; }));

  const rows = () => [...document.querySelectorAll("table.list tbody tr")];
  const go = step => {
    const all = rows();
    if (all.length === 0) return;
    const at = all.findIndex(r => r.classList.contains("here"));
    const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
    all.forEach(r => r.classList.toggle("here", r === next));
    (next.querySelector("a, button, summary") ?? next).focus();
    next.scrollIntoView({ block: "nearest" });
  };
  const isTyping = target => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  document.addEventListener("keydown", e => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === "Escape") menus().forEach(m => { m.open = false; m.querySelector("summary").focus(); });
    if (isTyping(e.target)) return;
    const search = document.querySelector("input[type=search]");
    switch (e.key) {
      case "/": if (search) { e.preventDefault(); search.focus(); search.select(); } break;
      case "j": go(1); break;
      case "k": go(-1); break;
      case "?": document.getElementById("keys")?.showModal(); break;
    }
  });

  // Nobody loses what they typed: leaving a changed form asks first.
  let changed = false;
  document.addEventListener("input", e => { if (e.target.closest("form[data-guard]")) changed = true; });
  document.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", e => { if (changed) e.preventDefault(); });

  // Copying something to say or to send.
  document.addEventListener("click", async e => {
    const button = e.target.closest("button[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.copied;
  });

  // The picture follows the colour.
  document.addEventListener("input", e => {
    const { preview } = e.target.dataset;
    if (preview) for (const picture of document.querySelectorAll("img.preview")) picture.src = `${preview}&hue=${e.target.value}${picture.dataset.scheme === "dark" ? "&dark=true" : ""}`;
  });

  // A part of the page that changes by itself: fetched again as long as the server says it may still change.
  for (const part of document.querySelectorAll("[data-live]")) {
    let shown = null;
    const show = html => {
      const open = [...part.querySelectorAll("details")].map(d => d.open);
      part.innerHTML = html;
      part.querySelectorAll("details").forEach((d, i) => { d.open = open[i] ?? false; });
      shown = html;
    };
    const renew = async () => {
      const answer = await fetch(part.dataset.live, { headers: { Accept: "text/html" } });
      if (answer.ok) {
        const html = await answer.text();
        // Nobody loses what they type, nor the button under their finger.
        if (html !== shown && !part.contains(document.activeElement)) show(html);
      }
      if (answer.ok && answer.headers.get("Latchkey-Live") !== "over") setTimeout(renew, 2000);
    };
    setTimeout(renew, 1500);
  }
})();
