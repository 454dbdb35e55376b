// The desk's lists with single keys, and what is new since the page came. Nothing here moves, chooses or takes a row by
// itself: the list stays as it is until somebody asks for it.
import { key } from "./keys.js";
import { listen } from "./live.js";

const rows = [...document.querySelectorAll("[data-row]")];
const choose = document.getElementById("kies");
const link = (row) => row?.querySelector("a.id");
const box = (row) => row?.querySelector("input[type='checkbox']");
const here = () => rows.indexOf(document.activeElement?.closest("[data-row]"));
let from = -1;

function go(to) {
  if (!rows[to]) return false;
  link(rows[to]).focus({ preventScroll: true });
  rows[to].scrollIntoView({ block: "nearest" });
  return true;
}
function tick(from_, to) {
  const on = !box(rows[to]).checked;
  for (let at = Math.min(from_, to); at <= Math.max(from_, to); at += 1) box(rows[at]).checked = on;
}
function pick(range) {
  const at = here();
  if (at < 0 || !box(rows[at])) return false;
  tick(range && from >= 0 ? from : at, at);
  from = at;
  return true;
}
function chosen() {
  return rows.some((row) => box(row)?.checked);
}
function several(what) {
  const at = here();
  if (!choose || (at < 0 && !chosen())) return false;
  if (!chosen()) box(rows[at]).checked = true;
  choose.querySelector(`[value="${what}"]`).click();
  return true;
}

key("j", () => go(here() + 1));
key("k", () => go(Math.max(0, here() - 1)));
key("x", () => pick(false));
key("Shift x", () => pick(true));
key("h", () => several("later"));
key("a", () => {
  if (chosen()) return several("nemen");
  const button = rows[here()]?.querySelector("button[form='neem']");
  button?.click();
  return Boolean(button);
});

// After taking one, the list comes back at the row that follows it.
for (const button of document.querySelectorAll("button[form='neem']")) {
  button.addEventListener("click", () => {
    const at = rows.indexOf(button.closest("[data-row]"));
    button.form.elements.rij.value = link(rows[at + 1] ?? rows[at - 1])?.textContent.trim() ?? "";
  });
}
// The browser itself goes to the fragment when the page is there, and takes the focus away: hence after that.
addEventListener("load", () => setTimeout(() => {
  const target = location.hash.startsWith("#rij-") && document.getElementById(location.hash.slice(1));
  if (target) go(rows.indexOf(target));
}));

const bar = document.querySelector(".live[data-live]");
if (bar) {
  const news = bar.querySelector("[role='status'] a");
  const at = bar.querySelector("[data-live-at]");
  let shown = 0;
  listen((answer) => {
    bar.classList.toggle("stale", !answer.live);
    at.textContent = answer.live ? bar.dataset.on.replace("%s", answer.at) : bar.dataset.off;
    at.toggleAttribute("role", !answer.live);
    if (!answer.live) return at.setAttribute("role", "status");
    if (answer.new === shown) return undefined;
    shown = answer.new;
    news.textContent = shown === 1 ? bar.dataset.newOne : bar.dataset.newMore.replace("%s", shown > 999 ? "999+" : shown);
    news.hidden = !shown;
    return undefined;
  });
}
