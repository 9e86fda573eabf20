// Rows made from the blank ones that the page brings along, and rows put into an order.

const PLACEHOLDER = "ROWKEY";

function template(section) {
  return document.getElementById(`new-${section}`).innerHTML;
}

function rowFrom(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.querySelector("tr");
}

// A row of a section under its own place. Its fields have no names: what is in it is saved by scripts alone.
export function copyOfRow(section, row) {
  const key = row.slice(section.length + 1, -1);
  const line = rowFrom(template(section).replaceAll(PLACEHOLDER, key));
  for (const seen of line.querySelectorAll("input[type=hidden]")) seen.remove();
  for (const field of line.querySelectorAll(".cell")) field.removeAttribute("name");
  return line;
}

// What stands in the place of rows where there are none: the same cells, with nothing in them.
export function blankRow(section) {
  const line = rowFrom(template(section));
  for (const cell of line.cells) cell.replaceChildren();
  return line;
}

// Puts lines behind one that stays, moving only those that are out of place.
export function inOrder(before, lines) {
  for (const line of lines) {
    if (before.nextElementSibling !== line) before.after(line);
    before = line;
  }
}
