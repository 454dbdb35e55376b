// Beside a meeting's screen: says which case it is now, and lets the arrow keys turn the page. Only reads; never extends
// the idle clock.
const place = document.querySelector("[data-meeting]");
const link = place?.querySelector("[data-now]");
const EVERY = 15000;

async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch(place.dataset.meeting, { headers: { "X-Live": "1" }, redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    const now = await answer.json();
    link.hidden = !now.number || now.reference === place.dataset.here;
    if (link.hidden) return;
    link.textContent = `${place.dataset.says} ${now.number} / ${now.of}`;
    link.href = new URL(`../${now.reference}/`, location.href).pathname;
  } catch {
    link.hidden = true;
  }
}

addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select, button")) return;
  const rel = { ArrowRight: "next", ArrowLeft: "prev" }[event.key];
  document.querySelector(`a[rel="${rel}"]`)?.click();
});
if (place) {
  look();
  setInterval(look, EVERY);
}
