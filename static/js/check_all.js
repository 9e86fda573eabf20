// Buttons that check or uncheck all boxes of a long list; hidden without scripts.

for (const bar of document.querySelectorAll("[data-check-all]")) {
  bar.hidden = false;
  bar.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    for (const box of bar.closest("form").elements) {
      if (box.name === "taken") box.checked = button.value === "all";
    }
  });
}
