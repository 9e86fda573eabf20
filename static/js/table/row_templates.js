// Create table rows from the templates embedded in the page, and put rows in order.

const PLACEHOLDER = "ROWKEY";

function templateHtml(section) {
  return document.getElementById(`new-${section}`).innerHTML;
}

function parseRow(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.querySelector("tr");
}

// Create a row of a section with its own place. Its fields have no names: only scripts save them.
export function rowFromTemplate(section, row) {
  const key = row.slice(section.length + 1, -1);
  const line = parseRow(templateHtml(section).replaceAll(PLACEHOLDER, key));
  for (const initialField of line.querySelectorAll("input[type=hidden]")) initialField.remove();
  for (const field of line.querySelectorAll(".cell")) field.removeAttribute("name");
  return line;
}

// Create the placeholder of an empty section: the cells of a row without content.
export function blankRow(section) {
  const line = parseRow(templateHtml(section));
  for (const cell of line.cells) cell.replaceChildren();
  return line;
}

// Place rows after `before`, moving only those out of position.
export function placeInOrder(before, lines) {
  for (const line of lines) {
    if (before.nextElementSibling !== line) before.after(line);
    before = line;
  }
}
