// Count down while sending can be undone; the button posts by itself, and the server decides what is too late.
const box = document.querySelector("[data-hold]");

function over() {
  for (const part of box.querySelectorAll("[data-hold-open]")) part.hidden = true;
  box.querySelector("[data-hold-over]").hidden = false;
}

if (box) {
  const until = performance.now() + Number(box.dataset.hold) * 1000;
  const left = box.querySelector("[data-hold-left]");
  const timer = setInterval(() => {
    const seconds = Math.max(0, Math.ceil((until - performance.now()) / 1000));
    left.textContent = String(seconds);
    if (seconds > 0) return;
    clearInterval(timer);
    over();
  }, 250);
}
