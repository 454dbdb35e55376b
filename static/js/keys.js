// Single keys for what stands on the page as a button, link or field with data-key. Off where somebody types, where the
// reader has switched them off (WCAG 2.1.4), and while a dialog is open.
const dialog = document.querySelector("dialog[data-keys]");
const opener = document.querySelector("[data-keys-open]");
const own = new Map();

// Let `act` do what key `name` says on this page; it returns false where there was nothing to do.
export function key(name, act) {
  own.set(name, act);
}

function typing(at) {
  return at.isContentEditable || ["TEXTAREA", "SELECT"].includes(at.tagName)
    || (at.tagName === "INPUT" && !["checkbox", "radio", "button", "submit"].includes(at.type));
}

function press(name) {
  const wanted = [...document.querySelectorAll(`[data-key="${CSS.escape(name)}"]`)].find((one) => !one.disabled);
  if (!wanted) return false;
  wanted.closest("details")?.setAttribute("open", "");
  wanted.focus();
  if (wanted.tagName === "SUMMARY") return true;
  const field = ["TEXTAREA", "SELECT"].includes(wanted.tagName) || ["text", "search"].includes(wanted.type);
  if (!field) wanted.click();
  return true;
}

function back() {
  const came = document.referrer && new URL(document.referrer);
  const row = document.querySelector("[data-back-row]")?.dataset.backRow;
  if (!row || !came || came.origin !== location.origin || !/\/(meldingen|zaken)\/$/.test(came.pathname)) return press("Escape");
  location.assign(`${came.pathname}${came.search}#rij-${row}`);
  return true;
}

function act(name) {
  if (name === "?") return dialog.showModal() ?? true;
  if (own.has(name)) return own.get(name)() !== false;
  return name === "Escape" ? back() : press(name);
}

if (dialog) {
  opener?.removeAttribute("hidden");
  opener?.addEventListener("click", () => dialog.showModal());
}
if (dialog && "on" in dialog.dataset) {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    if (typing(event.target)) return;
    if (act(event.shiftKey && event.key.length === 1 && event.key !== "?" ? `Shift ${event.key.toLowerCase()}` : event.key)) {
      event.preventDefault();
    }
  });
}
