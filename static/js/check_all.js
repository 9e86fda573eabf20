// Ticks all boxes of a long list, or none; without scripts each is ticked by itself.

for (const bar of document.querySelectorAll("[data-ticks]")) {
  bar.hidden = false;
  bar.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    for (const box of bar.closest("form").elements) {
      if (box.name === "taken") box.checked = button.value === "all";
    }
  });
}
