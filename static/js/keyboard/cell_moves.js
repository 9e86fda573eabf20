// Find the next field in the same column or in reading order.

function cellFields(table) {
  return [...table.form.querySelectorAll(".official .cell, p.header .cell")].filter(
    (field) => field.tagName !== "SELECT" && table.place(field),
  );
}

function overlaps(a, b) {
  return Math.min(a.right, b.right) - Math.max(a.left, b.left) > 4;
}

// Return the nearest field below (1) or above (-1) whose cell overlaps this one horizontally; of several the leftmost.
export function inNextRow(table, field, step) {
  const cell = field.closest("td, p");
  const here = cell.getBoundingClientRect();
  const fields = cellFields(table);
  const ordered = step > 0 ? fields.slice(fields.indexOf(field) + 1) : fields.slice(0, fields.indexOf(field)).reverse();
  let nearest = null;
  for (const other of ordered) {
    const there = other.closest("td, p");
    const box = there.getBoundingClientRect();
    const isBeyond = step > 0 ? box.top >= here.bottom - 2 : box.bottom <= here.top + 2;
    if (there === cell || !isBeyond || !overlaps(here, box)) continue;
    if (nearest && Math.abs(nearest.box.top - box.top) > 2) break;
    if (!nearest || box.left < nearest.box.left) nearest = { other, box };
  }
  return nearest?.other ?? null;
}

export function inReadingOrder(table, field, step) {
  const fields = cellFields(table);
  return fields[fields.indexOf(field) + step] ?? null;
}
