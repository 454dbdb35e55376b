// Snel weg (reference/ux.md §2b): empty the page first, then go; three times Shift does the same on a keyboard.
const links = document.querySelectorAll("a[data-leave]");
const say = document.querySelector("[data-leave-status]");

function leave(address) {
  const loading = say?.dataset.loading ?? "Laden";
  const overlay = document.createElement("div");
  overlay.className = "leaving";
  overlay.setAttribute("role", "alert");
  document.title = loading;
  document.body.replaceChildren(overlay);
  overlay.textContent = `${loading}.`;
  location.replace(address);
}

for (const link of links) {
  link.addEventListener("click", (event) => {
    if (event.button) return;
    event.preventDefault();
    leave(link.href);
  });
}

// A keyboard on the screen sends Shift by itself: only where something hovers and points finely.
const keyboard = matchMedia("(any-hover: hover) and (any-pointer: fine)");
const touch = matchMedia("(any-pointer: coarse)");
const TIME = 5000;
let presses = 0;
let timer;

function reset() {
  presses = 0;
  clearTimeout(timer);
  if (say) say.textContent = "";
}

function typing() {
  const at = document.activeElement;
  return at && (at.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(at.tagName));
}

// Counted on release; another key pressed while Shift is down makes it a capital, not a press.
addEventListener("keydown", (event) => {
  if (event.key !== "Shift") reset();
});
addEventListener("keyup", (event) => {
  if (event.key !== "Shift" || !links.length || !keyboard.matches || (touch.matches && typing())) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return reset();
  presses += 1;
  clearTimeout(timer);
  if (presses === 3) return leave(links[0].href);
  timer = setTimeout(reset, TIME);
  if (say) say.textContent = presses === 1 ? say.dataset.twice : say.dataset.once;
});
