// Improves forms that work without it: errors get the focus, texts are counted, "none" excludes, sending happens once.
const summary = document.querySelector("[data-summary]");
summary?.focus();
summary?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const control = link && document.getElementById(link.hash.slice(1));
  if (!control) return;
  event.preventDefault();
  control.closest("details")?.setAttribute("open", "");
  // The question comes into view, not just its input.
  const field = control.closest("fieldset, .field");
  (field?.querySelector("legend, label") ?? control).scrollIntoView();
  control.focus({ preventScroll: true });
});

const thousands = new Intl.NumberFormat(document.documentElement.lang, { useGrouping: true });
for (const text of document.querySelectorAll("textarea[data-limit]")) {
  const line = document.getElementById(`${text.id}_count`);
  if (!line) continue;
  const spoken = document.createElement("p");
  spoken.className = "vh";
  spoken.setAttribute("role", "status");
  line.after(spoken);
  let pause;
  text.addEventListener("input", () => {
    const left = Number(text.dataset.limit) - [...text.value].length;
    const words = left < 0 ? line.dataset.over : line.dataset.left;
    line.textContent = words.replace("%s", thousands.format(Math.abs(left)));
    line.classList.toggle("over", left < 0);
    clearTimeout(pause);
    pause = setTimeout(() => { spoken.textContent = line.textContent; }, 1500);
  });
}

for (const alone of document.querySelectorAll("input[data-alone]")) {
  const others = [...alone.form.querySelectorAll(`input[name="${CSS.escape(alone.name)}"]`)].filter((box) => box !== alone);
  alone.addEventListener("change", () => { if (alone.checked) for (const box of others) box.checked = false; });
  for (const box of others) box.addEventListener("change", () => { if (box.checked) alone.checked = false; });
}

// "None of these" stands apart from the boxes that it excludes.
const none = document.querySelector("input[type=checkbox][name=none]");
const signs = none ? [...none.form.querySelectorAll("input[type=checkbox][name=signs]")] : [];
none?.addEventListener("change", () => { if (none.checked) for (const box of signs) box.checked = false; });
for (const box of signs) box.addEventListener("change", () => { if (box.checked) none.checked = false; });

// The help below a box is shown by the stylesheet; here it is read out.
const helpStatus = document.querySelector("[data-help-status]");
for (const box of document.querySelectorAll("input[data-help]")) {
  box.addEventListener("change", () => {
    helpStatus.textContent = box.checked ? box.closest("label").nextElementSibling.innerText : "";
  });
}

// Sending takes a moment: say so, once, next to the button.
function sayBusy(form, button) {
  const line = document.createElement("p");
  line.setAttribute("role", "status");
  line.dataset.busyLine = "";
  button.after(line);
  line.textContent = form.dataset.busy;
}

function free(form) {
  delete form.dataset.sent;
  form.querySelector("[data-busy-line]")?.remove();
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
}
for (const form of document.querySelectorAll("form[method='post']")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-disabled", "true");
    if (form.dataset.busy && event.submitter) sayBusy(form, event.submitter);
    // The page is still here: what was sent for came as a file, or did not come.
    setTimeout(() => free(form), 8000);
  });
}
// A page that comes back from memory can be sent again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) free(form);
});
