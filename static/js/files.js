// A file on its way: shows how far it is. Without this the form sends the file by itself.
const LARGEST = 20_000_000;

function setUp(form) {
  const box = form.querySelector("[data-file-progress]");
  const bar = box.querySelector("progress");
  const line = box.querySelector("p");
  const button = form.querySelector("button");
  const say = (words, value) => {
    box.hidden = false;
    bar.hidden = value === undefined;
    if (value !== undefined) bar.value = value;
    if (line.textContent !== words) line.textContent = words;
  };
  const free = () => {
    delete form.dataset.busy;
    delete form.dataset.sent;
    button.removeAttribute("aria-disabled");
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.dataset.busy) return;
    const file = form.elements.file.files[0];
    if (!file) return say(box.dataset.none);
    if (file.size > LARGEST) return say(box.dataset.large);
    form.dataset.busy = "yes";
    button.setAttribute("aria-disabled", "true");
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.upload.addEventListener("progress", (step) => {
      const part = Math.floor((100 * step.loaded) / step.total);
      // Spoken by tens, so that a screen reader is not interrupted all the time.
      say(part < 100 ? box.dataset.sending.replace("%s", part - (part % 10)) : box.dataset.cleaning, part);
    });
    request.addEventListener("load", () => show(request, () => { free(); say(box.dataset.failed); }));
    for (const wrong of ["error", "abort"]) {
      request.addEventListener(wrong, () => { free(); say(box.dataset.failed); });
    }
    request.open("POST", form.action);
    request.send(new FormData(form));
  }, { capture: true });
}

// A file that was taken leads on to the page with it; another answer is this page with what is not right.
function show(request, failed) {
  if (request.status === 200) return location.replace(request.responseURL);
  const main = request.response?.querySelector("main");
  if (!main?.querySelector("form[data-file]")) return failed();
  document.title = request.response.title;
  const fresh = document.importNode(main, true);
  document.querySelector("main").replaceWith(fresh);
  for (const form of fresh.querySelectorAll("form[data-file]")) setUp(form);
  (fresh.querySelector("[data-summary]") ?? fresh).focus();
}

// Who goes on with a file that was chosen and not sent would lose it: the line says so first.
document.addEventListener("submit", (event) => {
  const form = document.querySelector("form[data-file]");
  if (event.target.id !== "vraag" || event.submitter?.name === "taal" || !form?.elements.file.files[0]) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const box = form.querySelector("[data-file-progress]");
  box.hidden = false;
  box.querySelector("progress").hidden = true;
  box.querySelector("p").textContent = box.dataset.unsent;
  form.querySelector("button").focus();
}, { capture: true });

for (const form of document.querySelectorAll("form[data-file]")) setUp(form);
