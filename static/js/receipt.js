// The code on the receipt: copied, or printed without a title that says what it is for. Nothing is kept.
const code = document.querySelector("[data-code]");
const tools = document.querySelector("[data-code-tools]");
const copy = document.querySelector("[data-copy]");
const said = document.querySelector("[data-copy-status]");
const title = document.title;

if (tools) {
  tools.hidden = false;
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent.trim().split(/\s+/).join(" "));
    copy.textContent = copy.dataset.copied;
    said.textContent = copy.dataset.copied;
  });
  document.querySelector("[data-print]").addEventListener("click", () => print());
}
// A browser prints the title above the page.
addEventListener("beforeprint", () => { document.title = "\u00a0"; });
addEventListener("afterprint", () => { document.title = title; });
