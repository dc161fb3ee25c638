// Passkeys. It only adds: whatever happens here, the form for the mail works.
"use strict";

const send = async (url, body) => {
  const response = await fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  if (response.redirected) return { next: response.url }; // the session has ended
  return response.headers.get("Content-Type")?.startsWith("application/json") ? response.json() : {};
};

let busy = false;

// Ask, let the device answer, hand the answer in: the server then says where to go on, or what to read.
async function ceremony(box, name, device) {
  const place = box.querySelector("[role=alert]"), button = box.querySelector("button");
  if (busy) return;
  busy = true;
  place.textContent = "";
  button.setAttribute("aria-busy", "true");
  try {
    let said = await send(box.dataset.ask, {});
    if (said.options) {
      const credential = await device(said.options);
      said = await send(box.dataset.answer, { challenge: said.challenge, credential: credential.toJSON(), name, next: box.dataset.next });
    }
    // The device offers it no more; not every browser can be told.
    if (said.forget) PublicKeyCredential.signalUnknownCredential?.(said.forget)?.catch(() => { });
    if (said.next) { location.assign(said.next); return; }
    place.textContent = said.message ?? box.dataset.failed;
  } catch (error) {
    const { stopped, known, failed } = box.dataset;
    place.textContent = { NotAllowedError: stopped, AbortError: stopped, InvalidStateError: known }[error.name] ?? failed;
  }
  busy = false;
  button.removeAttribute("aria-busy");
}

// A passkey belongs to one host; under another name of this server it would not be found.
const works = box => typeof PublicKeyCredential === "function" && PublicKeyCredential.parseCreationOptionsFromJSON
  && PublicKeyCredential.parseRequestOptionsFromJSON && location.origin === box.dataset.origin;

for (const box of document.querySelectorAll("[data-passkey-sign-in]")) {
  if (!works(box)) continue;
  box.hidden = false;
  box.querySelector("button").addEventListener("click", () => ceremony(box, null,
    options => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })));
}

for (const box of document.querySelectorAll("[data-passkey-add]")) {
  if (!works(box)) continue;
  box.hidden = false;
  document.querySelector("[data-passkey-without]")?.remove();
  const form = box.querySelector("form:not([method])");
  form?.addEventListener("submit", event => {
    event.preventDefault();
    ceremony(box, form.elements.name.value,
      options => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }));
  });
}
