// Taking in by telephone: what is typed is kept on the server, sealed, a moment after the last key. A link away from the
// code wipes it. Without this file the page keeps what was typed whenever it is sent.
const form = document.querySelector("form[data-keep]");
const PAUSE = 2000;
let waiting;
let sending = false;

function keep() {
  if (sending || form.dataset.sent) return;
  sending = true;
  const line = form.querySelector("[data-kept]");
  fetch(form.dataset.keep, { method: "POST", body: new FormData(form), credentials: "same-origin", redirect: "error" })
    .then((answer) => {
      if (!answer.ok) throw new Error();
      const now = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      line.textContent = line.dataset.kept.replace("%s", now);
    })
    .catch(() => { line.textContent = line.dataset.failed; })
    .finally(() => { sending = false; });
}
form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(keep, PAUSE);
});
form?.addEventListener("submit", () => clearTimeout(waiting));

const wipe = document.querySelector("form[data-wipe]");
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!wipe || !link || link.hash || link.hreflang) return; // another language shows the same code
  navigator.sendBeacon(wipe.action, new FormData(wipe));
});
