// Acute breaks through: the band and the number in the title follow what the server says. Asking never counts as work.
import { listen } from "./live.js";

const band = document.querySelector("[data-alarm]");

function show(number) {
  if (number === Number(band.dataset.alarm)) return;
  band.dataset.alarm = String(number);
  band.classList.toggle("hot", number > 0);
  const words = number === 1 ? band.dataset.one : band.dataset.many.replace("%s", String(number));
  band.querySelector("[data-alarm-words]").textContent = words;
  for (const line of band.querySelectorAll("[data-alarm-line]")) line.hidden = number === 0;
  const title = document.title.replace(/^\(\d+\) /, "");
  document.title = number > 0 ? `(${number}) ${title}` : title;
}

if (band) listen((answer) => { if (answer.live && Number.isInteger(answer.alarm)) show(answer.alarm); });
