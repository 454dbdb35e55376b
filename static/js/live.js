// Asks every 15 seconds what is new, once for whoever listens on this page. The answer never counts as work:
// the server extends no clock for it. After 45 seconds without an answer the page says that it is not live.
const EVERY = 15_000;
const STALE = 45_000;
const listeners = new Set();
const source = document.querySelector("[data-live*='sinds']") ?? document.querySelector("[data-live]");
let heard = performance.now();
let asking;

function tell(answer) {
  for (const listener of listeners) listener(answer);
}

function ask() {
  clearTimeout(asking);
  const request = new XMLHttpRequest();
  request.open("GET", source.dataset.live);
  request.setRequestHeader("X-Live", "1");
  request.responseType = "json";
  request.timeout = 10_000;
  request.addEventListener("loadend", () => {
    if (request.status === 200 && request.response) {
      heard = performance.now();
      tell({ ...request.response, live: true });
    } else if (performance.now() - heard > STALE || [401, 403, 404].includes(request.status) || request.status === 200) {
      tell({ live: false });
    }
    asking = setTimeout(ask, EVERY);
  });
  request.send();
}

// `listener` gets {live: true, new, acute, at}, or {live: false} where the page is not live any more.
export function listen(listener) {
  if (!source) return;
  listeners.add(listener);
  if (listeners.size > 1) return;
  asking = setTimeout(ask, 500);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  addEventListener("offline", () => tell({ live: false }));
  addEventListener("online", ask);
}
