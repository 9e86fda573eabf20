// Rows of the indicators section, by class and rank, with the class labels in the first row of each class.

import { blankRow, rowFromTemplate, placeInOrder } from "./row_templates.js";

function withoutSpaces(text) {
  return text.replace(/\s/g, "");
}

export class IndicatorRows {
  constructor(form, sheet, table) {
    this.sheet = sheet;
    this.table = table;
    this.rows = new Map();
    this.classes = [];
    const [heads, ...lines] = form.querySelectorAll("tr.indicators");
    this.heads = heads;
    for (const line of lines) this.read(line);
    if (lines.length) this.layOut();
  }

  // Read a server-rendered row: labels begin a class, or a first level with its first class.
  read(line) {
    const levels = [...line.querySelectorAll(":scope > th.level")];
    const second = levels.at(-1);
    if (second) {
      const first = levels.length > 1 ? levels[0] : this.classes.at(-1).first;
      const key = second.querySelector("[data-notes]")?.dataset.notes.slice("nodes[".length, -1) ?? "";
      const label = withoutSpaces(second.firstChild?.textContent ?? "") || withoutSpaces(first.firstChild?.textContent ?? "");
      this.classes.push({ key, label, first, second, blank: null });
    }
    const row = line.querySelector("[data-row]")?.dataset.row;
    if (row) this.rows.set(row, { line, ownClass: this.classes.at(-1) });
    else this.classes.at(-1).blank = line;
  }

  layOut() {
    const byClass = new Map(this.classes.map((item) => [item, []]));
    for (const row of this.sheet.rows("indicators")) byClass.get(this.classOf(row)).push(row);
    const filled = [...byClass].map(([item, rows]) => [item, this.lines(item, rows)]).filter(([, lines]) => lines.length);
    const all = filled.flatMap(([, lines]) => lines);
    const old = [...[...this.rows.values()].map(({ line }) => line), ...this.classes.map(({ blank }) => blank)];
    for (const line of old) if (line && !all.includes(line)) line.remove();
    placeInOrder(this.heads, all);
    this.placeLabels(filled);
    this.heads.querySelector("th.label").rowSpan = 1 + all.length;
  }

  classOf(row) {
    const node = this.sheet.text(`${row}.node`);
    const ownClass = this.rows.get(row)?.ownClass;
    if (ownClass?.key === node) return ownClass;
    return this.classes.find(({ key }) => key === node) ?? this.classes.at(-1);
  }

  lines(item, rows) {
    if (rows.length) return rows.map((row) => this.line(row, item));
    return item.key ? [(item.blank ??= blankRow("indicators"))] : [];
  }

  line(row, item) {
    if (!this.rows.has(row)) {
      const line = rowFromTemplate("indicators", row);
      this.rows.set(row, { line, ownClass: item });
      this.table.adopt(line, false);
      this.table.fill(row);
    }
    return this.rows.get(row).line;
  }

  // Place labels in the first row of their class or level and span the rest.
  placeLabels(filled) {
    const depths = new Map();
    for (const [{ first }, lines] of filled) depths.set(first, (depths.get(first) ?? 0) + lines.length);
    const placed = new Set();
    for (const [item, lines] of filled) {
      const labels = placed.has(item.first) ? [item.second] : [item.first, item.second];
      placed.add(item.first);
      const present = [...lines[0].querySelectorAll(":scope > th.level")];
      if (present.length !== labels.length || present.some((label, index) => label !== labels[index])) lines[0].prepend(...labels);
      item.second.rowSpan = lines.length;
      this.setTabStop(item, lines);
      item.first.rowSpan = depths.get(item.first);
      lines.forEach((line, index) => this.relabel(line, item.label, index + 1));
    }
  }

  // Keep Tab on fields; the button to add a row is a tab stop only in an empty class.
  setTabStop({ second }, lines) {
    const button = second.querySelector(".add-row");
    if (button) button.tabIndex = lines[0].querySelector(".cell") ? -1 : 0;
  }

  // Update the accessible labels of a row: class, number, column.
  relabel(line, label, number) {
    for (const element of line.querySelectorAll("[aria-label]")) {
      const old = element.getAttribute("aria-label");
      const renamed = old.replace(/^.*?第 \d+ 行/, `${label}第 ${number} 行`);
      if (renamed !== old) element.setAttribute("aria-label", renamed);
    }
  }
}
