// The page of a signal or case: keeps what is typed on the server, says who else is here, and keeps a lease going while
// somebody works. Everything works without this file; it never extends the idle clock (only typing does).
const EVERY = 20000;
const IDLE = 120000;
const PAUSE = 2500;
const place = document.querySelector("[data-here]");
let busyAt = Date.now();
let typedAt = 0;

for (const name of ["pointerdown", "keydown", "scroll"]) {
  addEventListener(name, () => { busyAt = Date.now(); }, { passive: true });
}

function doing() {
  if (document.hidden || Date.now() - busyAt > IDLE) return "idle";
  return Date.now() - typedAt < EVERY ? "editing" : "viewing";
}

function show(answer) {
  const line = place.querySelector("[data-here-who]");
  const words = answer.here.map((other) => `${other.name} ${other.doing}`).join(", ");
  if (line.textContent !== words) line.textContent = words;
  place.querySelector("[data-here-changed]").hidden = answer.version === Number(place.dataset.version);
}

function say() {
  const body = new FormData();
  body.append("doing", doing());
  body.append("csrfmiddlewaretoken", place.querySelector("[name='csrfmiddlewaretoken']").value);
  fetch(place.dataset.here, { method: "POST", body, headers: { "X-Live": "1" }, redirect: "error" })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error("refused"))))
    .then(show)
    .catch(() => { place.querySelector("[data-here-who]").textContent = place.dataset.notLive; });
}

if (place) {
  say();
  setInterval(say, EVERY);
  addEventListener("pagehide", () => {
    const body = new FormData();
    body.append("doing", "gone");
    body.append("csrfmiddlewaretoken", place.querySelector("[name='csrfmiddlewaretoken']").value);
    navigator.sendBeacon(place.dataset.here, body);
  });
}

// A draft goes out a moment after the last key, or when the page goes; what is on its way when its own form is sent may not
// come after it.
for (const form of document.querySelectorAll("form[data-draft]")) {
  let waiting = 0;
  const leaving = new AbortController();
  const keep = () => {
    waiting = 0;
    fetch(form.dataset.draft, {
      method: "POST", body: new FormData(form), redirect: "error", signal: leaving.signal,
    }).catch(() => undefined);
  };
  const stop = () => {
    clearTimeout(waiting);
    waiting = 0;
  };
  form.addEventListener("input", () => {
    typedAt = Date.now();
    stop();
    waiting = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    stop();
    leaving.abort();
  });
  addEventListener("pagehide", () => {
    if (waiting) navigator.sendBeacon(form.dataset.draft, new FormData(form));
    stop();
  });
}

// A link to what is folded away opens it.
for (const link of document.querySelectorAll("a[href^='#']")) {
  link.addEventListener("click", () => {
    const aim = document.getElementById(link.hash.slice(1));
    if (aim?.tagName === "DETAILS") aim.open = true;
  });
}

// Only the reasons that fit the decision that is chosen.
const decide = document.querySelector("form[data-decide]");
const reasons = decide?.querySelector("select[name$='reason']");
function fit() {
  const label = decide.querySelector("input[type='radio']:checked")?.closest("label")?.querySelector("span");
  const chosen = label?.firstChild?.textContent.trim();
  for (const group of reasons.querySelectorAll("optgroup")) {
    group.hidden = Boolean(chosen) && group.label !== chosen;
    group.disabled = group.hidden;
  }
  if (reasons.selectedOptions[0]?.parentElement.disabled) reasons.value = "";
}
if (reasons) {
  decide.addEventListener("change", fit);
  fit();
}
