// The choice of a network: who leads is not among those who support, and a body outside is asked for only when chosen.
// The server checks both; without this file all stands open.
const form = document.querySelector("form[data-route]");

function show(input, shown) {
  input.closest(".opt").hidden = !shown;
  if (!shown) input.checked = false;
}

function fit() {
  const lead = form.querySelector("[name='route-team']:checked")?.value;
  const outside = lead === "outside";
  const body = form.querySelector("[name='route-body']").closest(".field");
  const ticks = [...form.querySelectorAll("[name='route-support']")];
  for (const tick of ticks) show(tick, !outside && tick.value !== lead);
  ticks[0]?.closest("fieldset").toggleAttribute("hidden", outside);
  if (!body.classList.contains("bad")) body.hidden = !outside;
}

if (form) {
  form.addEventListener("change", fit);
  fit();
}
