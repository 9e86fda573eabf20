// Ask before a page is left with a form that was changed and not submitted. A page that comes back with what was typed
// has data-unsaved="changed".

for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let isChanged = form.dataset.unsaved === "changed";
  form.addEventListener("input", () => {
    isChanged = true;
  });
  form.addEventListener("submit", () => {
    isChanged = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged) event.preventDefault();
  });
}
