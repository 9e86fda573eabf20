// Rows of the tasks section, in rank order, between the column heads and the total.

import { blankRow, rowFromTemplate, placeInOrder } from "./row_templates.js";

export class TaskRows {
  constructor(form, sheet, table) {
    this.sheet = sheet;
    this.table = table;
    this.rows = new Map();
    const [heads, ...lines] = form.querySelectorAll("tr.tasks");
    this.heads = heads;
    for (const line of lines) {
      const menu = line.querySelector("[data-row]");
      if (menu) this.rows.set(menu.dataset.row, line);
    }
    this.label = heads?.querySelector("th.label");
    this.blank = this.rows.size ? null : lines[0];
    this.below = lines.filter((line) => line !== this.blank && ![...this.rows.values()].includes(line)).length;
    if (heads) this.layOut();
  }

  layOut() {
    const rows = this.sheet.rows("tasks");
    const lines = rows.length ? rows.map((row) => this.line(row)) : [(this.blank ??= blankRow("tasks"))];
    for (const old of new Set([...this.rows.values(), this.blank])) if (old && !lines.includes(old)) old.remove();
    placeInOrder(this.heads, lines);
    this.label.rowSpan = 1 + lines.length + this.below;
    const button = this.label.querySelector(".add-row");
    if (button) button.tabIndex = rows.length ? -1 : 0;
    if (rows.length) lines.forEach((line, index) => this.relabel(line, index + 1));
  }

  line(row) {
    if (!this.rows.has(row)) {
      const line = rowFromTemplate("tasks", row);
      this.rows.set(row, line);
      this.table.adopt(line, false);
      this.table.fill(row);
    }
    return this.rows.get(row);
  }

  // Number the accessible labels of a row.
  relabel(line, number) {
    for (const element of line.querySelectorAll("[aria-label]")) {
      element.setAttribute("aria-label", element.getAttribute("aria-label").replace(/第 \d+ 行/, `第 ${number} 行`));
    }
  }
}
