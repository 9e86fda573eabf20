// Cells that were not returned are read-only. An error of the draft opens its cells, so each save may open or close some.

export function followOpenPlaces({ table, autosave }) {
  autosave.addEventListener("saved", ({ detail }) => {
    if (!detail.open) return;
    const open = new Set(detail.open);
    for (const [place, field] of table.fields) {
      field.readOnly = !open.has(place);
      field.toggleAttribute("data-closed", field.readOnly);
    }
  });
}
