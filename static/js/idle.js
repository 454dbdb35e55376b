// Warn before the time is over. Esc and "Ga door" both go on; nothing here keeps a page alive by itself, but typing
// does where the dialog says so (data-typing). By the clock, not by timers alone: a laptop that slept has no time left.
const dialog = document.querySelector("dialog[data-idle]");
const { stay, end, warn, left, typing } = dialog?.dataset ?? {};
const OFTEN = 5 * 60 * 1000;
let since;
let timer;

function look() {
  clearTimeout(timer);
  const gone = Date.now() - since;
  const warnAt = Number(warn) * 1000;
  const endAt = warnAt + Number(left) * 1000;
  if (gone >= endAt) return location.replace(end);
  if (gone >= warnAt && !dialog.open) dialog.showModal();
  timer = setTimeout(look, (gone >= warnAt ? endAt : warnAt) - gone);
}

function start() {
  since = Date.now();
  look();
}

async function goOn() {
  const answer = await fetch(stay, { cache: "no-store", redirect: "manual" }).catch(() => null);
  if (answer && !answer.ok) return location.replace(end);
  // Without an answer the time goes on running: it is said again.
  if (answer) start();
  else look();
}

if (dialog) {
  dialog.addEventListener("close", goOn);
  dialog.querySelector("[data-idle-stay]").addEventListener("click", () => dialog.close());
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  if (typing !== undefined) {
    let asked = Date.now();
    addEventListener("input", () => {
      if (dialog.open || Date.now() - asked < OFTEN) return;
      asked = Date.now();
      goOn();
    });
  }
  start();
}
