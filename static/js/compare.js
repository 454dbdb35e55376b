// Brings the matches up to date in small steps, with progress, as long as somebody waits for it. Without this the button
// does one step and comes back.
const form = document.querySelector("form[data-compare]");
const button = form?.querySelector("button");
const bar = form?.querySelector("progress");
const said = form?.querySelector("[role='status']");

async function step() {
  const answer = await fetch(form.action, {
    method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "error",
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

button?.addEventListener("click", async (event) => {
  event.preventDefault();
  button.hidden = true;
  bar.hidden = false;
  try {
    for (let left = bar.max; left > 0; ) {
      said.textContent = form.dataset.busy.replace("%s", left);
      ({ left } = await step());
      bar.max = Math.max(bar.max, left);
      bar.value = bar.max - left;
    }
    bar.hidden = true;
    said.textContent = form.dataset.done;
  } catch {
    form.submit();
  }
});
