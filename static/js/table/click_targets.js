// Focus the field of a clicked cell; scroll a row menu that opens below the window into view.

export function focusFieldOnClick(form) {
  form.addEventListener("mousedown", (event) => {
    const cell = event.target.closest("td");
    const isOther = event.target.closest(".cell, button, a, summary, details, .cell-note, .note, .choices");
    const field = cell?.querySelector(".cell:not(select)");
    if (!field || isOther) return;
    event.preventDefault();
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  });
  form.addEventListener("toggle", ({ target }) => {
    if (target.matches(".row-menu[open]")) target.querySelector(".row-steps").scrollIntoView({ block: "nearest" });
  }, true);
}
