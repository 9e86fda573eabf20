// Rows of the duties section, in rank order, with the section label in the first row.

import { blankRow, rowFromTemplate, placeInOrder } from "./row_templates.js";
import { rowOf } from "../model/sheet.js";

export class DutyRows {
  constructor(form, sheet, table) {
    this.sheet = sheet;
    this.table = table;
    this.rows = new Map();
    const lines = [...form.querySelectorAll("tr.duties")];
    for (const line of lines) {
      const menu = line.querySelector("[data-row]");
      if (menu) this.rows.set(menu.dataset.row, line);
    }
    this.blank = this.rows.size ? null : lines[0];
    this.label = lines[0]?.querySelector("th.label");
    this.before = lines[0]?.previousElementSibling;
    if (lines.length) this.layOut();
  }

  layOut() {
    const rows = this.sheet.rows("duties");
    const lines = rows.length ? rows.map((row) => this.line(row)) : [(this.blank ??= blankRow("duties"))];
    for (const old of new Set([...this.rows.values(), this.blank])) if (old && !lines.includes(old)) old.remove();
    placeInOrder(this.before, lines);
    if (lines[0].firstElementChild !== this.label) lines[0].prepend(this.label);
    this.label.rowSpan = lines.length;
    const button = this.label.querySelector(".add-row");
    if (button) button.tabIndex = rows.length ? -1 : 0;
    lines.forEach((line, index) => this.mark(line, index, lines.length));
  }

  line(row) {
    if (!this.rows.has(row)) {
      const line = rowFromTemplate("duties", row);
      this.rows.set(row, line);
      this.table.adopt(line, false);
      this.table.fill(row);
    }
    return this.rows.get(row);
  }

  mark(line, index, count) {
    const cell = line.querySelector("td.prose");
    cell.classList.toggle("joined", index > 0);
    cell.classList.toggle("goes-on", index < count - 1);
    const field = cell.querySelector(".cell");
    if (!field || !rowOf(this.table.place(field) ?? "")) return;
    const label = field.getAttribute("aria-label").replace(/\d+/, index + 1);
    field.setAttribute("aria-label", label);
    const menu = line.querySelector("summary");
    menu?.setAttribute("aria-label", menu.getAttribute("aria-label").replace(/\d+/, index + 1));
  }
}
