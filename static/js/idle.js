// Warn before the session ends. Esc and "Ga door" both go on; nothing here keeps a session alive by itself.
const dialog = document.querySelector("dialog[data-idle]");
const { stay, end, warn, left } = dialog?.dataset ?? {};
let warning;
let ending;

function start() {
  clearTimeout(warning);
  clearTimeout(ending);
  warning = setTimeout(() => {
    dialog.showModal();
    ending = setTimeout(() => location.replace(end), Number(left) * 1000);
  }, Number(warn) * 1000);
}

async function goOn() {
  start();
  const answer = await fetch(stay, { cache: "no-store", redirect: "manual" });
  if (!answer.ok) location.replace(end);
}

if (dialog) {
  dialog.addEventListener("close", goOn);
  dialog.querySelector("[data-idle-stay]").addEventListener("click", () => dialog.close());
  start();
}
