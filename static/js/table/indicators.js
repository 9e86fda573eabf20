// The indicators' rows on the page: in the order of their classes, each class's label beside its first row.

import { blankRow, copyOfRow, inOrder } from "./row_templates.js";

function bare(text) {
  return text.replace(/\s/g, "");
}

export class Tree {
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

  // A line as the server made it: labels begin a class, or a first level with its first class.
  read(line) {
    const levels = [...line.querySelectorAll(":scope > th.level")];
    const second = levels.at(-1);
    if (second) {
      const first = levels.length > 1 ? levels[0] : this.classes.at(-1).first;
      const key = second.querySelector("[data-notes]")?.dataset.notes.slice("nodes[".length, -1) ?? "";
      const words = bare(second.firstChild?.textContent ?? "") || bare(first.firstChild?.textContent ?? "");
      this.classes.push({ key, words, first, second, blank: null });
    }
    const row = line.querySelector("[data-row]")?.dataset.row;
    if (row) this.rows.set(row, { line, home: this.classes.at(-1) });
    else this.classes.at(-1).blank = line;
  }

  layOut() {
    const byClass = new Map(this.classes.map((item) => [item, []]));
    for (const row of this.sheet.rows("indicators")) byClass.get(this.classOf(row)).push(row);
    const filled = [...byClass].map(([item, rows]) => [item, this.lines(item, rows)]).filter(([, lines]) => lines.length);
    const all = filled.flatMap(([, lines]) => lines);
    const old = [...[...this.rows.values()].map(({ line }) => line), ...this.classes.map(({ blank }) => blank)];
    for (const line of old) if (line && !all.includes(line)) line.remove();
    inOrder(this.heads, all);
    this.label(filled);
    this.heads.querySelector("th.label").rowSpan = 1 + all.length;
  }

  classOf(row) {
    const node = this.sheet.text(`${row}.node`);
    const home = this.rows.get(row)?.home;
    if (home?.key === node) return home;
    return this.classes.find(({ key }) => key === node) ?? this.classes.at(-1);
  }

  lines(item, rows) {
    if (rows.length) return rows.map((row) => this.line(row, item));
    return item.key ? [(item.blank ??= blankRow("indicators"))] : [];
  }

  line(row, item) {
    if (!this.rows.has(row)) {
      const line = copyOfRow("indicators", row);
      this.rows.set(row, { line, home: item });
      this.table.adopt(line, false);
      this.table.fill(row);
    }
    return this.rows.get(row).line;
  }

  // Labels go to the first line of what they name, and reach down over the rest.
  label(filled) {
    const depths = new Map();
    for (const [{ first }, lines] of filled) depths.set(first, (depths.get(first) ?? 0) + lines.length);
    const placed = new Set();
    for (const [item, lines] of filled) {
      const labels = placed.has(item.first) ? [item.second] : [item.first, item.second];
      placed.add(item.first);
      const there = [...lines[0].querySelectorAll(":scope > th.level")];
      if (there.length !== labels.length || there.some((label, at) => label !== labels[at])) lines[0].prepend(...labels);
      item.second.rowSpan = lines.length;
      this.tabStop(item, lines);
      item.first.rowSpan = depths.get(item.first);
      lines.forEach((line, at) => this.name(line, item.words, at + 1));
    }
  }

  // Tab goes from field to field; only where there is none is the button to make one among them.
  tabStop({ second }, lines) {
    const button = second.querySelector(".add-row");
    if (button) button.tabIndex = lines[0].querySelector(".cell") ? -1 : 0;
  }

  // What people who hear the page are told of a field: its class, its number, its column.
  name(line, words, number) {
    for (const element of line.querySelectorAll("[aria-label]")) {
      const old = element.getAttribute("aria-label");
      const label = old.replace(/^.*?第 \d+ 行/, `${words}第 ${number} 行`);
      if (label !== old) element.setAttribute("aria-label", label);
    }
  }
}
