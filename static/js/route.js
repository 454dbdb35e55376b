// The choice of a network: who leads is not among those who support, a body outside is asked for only when chosen, and
// the reason that came with the proposal goes when another leads. The server checks all three; without this file all
// stands open.
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

// The reason stands there for the proposed network only, until somebody chooses one.
function follow(reason, proposed) {
  const filled = reason.value;
  const network = proposed.value;
  let own = !network;
  reason.addEventListener("change", () => {
    own = true;
    proposed.value = "";
  });
  form.addEventListener("change", () => {
    if (own) return;
    const follows = form.querySelector("[name='route-team']:checked")?.value === network;
    reason.value = follows ? filled : "";
    proposed.value = follows ? network : "";
  });
}

if (form) {
  follow(form.querySelector("[name='route-reason']"), form.querySelector("[name='route-proposed']"));
  form.addEventListener("change", fit);
  fit();
}
