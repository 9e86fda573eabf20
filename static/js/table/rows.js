// Actions on rows. Each is one list of changes, one undo step, one message, and a new caret position.

import { areConsecutive, nextNumeral, renumber, splitAtNumerals } from "../model/numerals.js";
import { compare, spread } from "../model/ranks.js";
import { newRow, sectionOf } from "../model/sheet.js";
import { message } from "../messages.js";

const FIRST_NUMERAL = "（一）";
const FIRST_CELL = { duties: "text", tasks: "name", indicators: "name" };

function inserted(rows, index, ...added) {
  return [...rows.slice(0, index), ...added, ...rows.slice(index)];
}

export class Rows {
  constructor({ sheet, table, history, toast, most, classes }) {
    Object.assign(this, { sheet, table, history, toast, most, classes });
  }

  firstCell(row) {
    return `${row}.${FIRST_CELL[sectionOf(row)]}`;
  }

  hasCapacity(section, count) {
    const now = this.sheet.rows(section).length;
    if (now + count <= this.most[section]) return true;
    this.toast.show(message("no_room", { now, most: this.most[section], count }));
    return false;
  }

  // Add a row below another, or as the last of a class (key of a node), of the duties or of the tasks (no row).
  addBelow(row) {
    const section = sectionOf(row);
    if (section === "indicators") this.addIndicator(this.sheet.text(`${row}.node`), row);
    else this.addLast(section, row);
  }

  addLast(section, above = null) {
    if (section === "duties") this.addDuty(above);
    else this.addTask(above);
  }

  addTask(above = null) {
    if (!this.hasCapacity("tasks", 1)) return;
    const rows = this.sheet.rows("tasks");
    const index = above ? rows.indexOf(above) + 1 : rows.length;
    const row = newRow("tasks");
    this.apply(this.rankAt(row, rows, index), row);
    this.toast.show(message("task_added", { number: index + 1 }));
  }

  // Return the rows among which a row can move: its section, for an indicator its class.
  siblings(row) {
    const section = sectionOf(row);
    return section === "indicators" ? this.sheet.rowsOfClass(this.sheet.text(`${row}.node`)) : this.sheet.rows(section);
  }

  addDuty(above = null) {
    if (!this.hasCapacity("duties", 1)) return;
    const rows = this.sheet.rows("duties");
    const index = above ? rows.indexOf(above) + 1 : rows.length;
    const row = newRow("duties");
    const texts = rows.slice(0, index).map((duty) => this.sheet.text(`${duty}.text`).trim());
    const text = rows.length ? nextNumeral(texts) : FIRST_NUMERAL;
    const wanted = [...this.rankAt(row, rows, index), { place: `${row}.text`, after: text }];
    this.apply([...wanted, ...this.renumberedIfConsecutive(rows, inserted(rows, index, row), new Map([[row, text]]))], row);
    this.toast.show(message("duty_added", { number: index + 1 }));
  }

  addIndicator(node, above = null) {
    if (!this.hasCapacity("indicators", 1)) return;
    const rows = this.sheet.rows("indicators");
    const siblings = this.sheet.rowsOfClass(node);
    const last = above ?? siblings.at(-1);
    const index = last ? rows.indexOf(last) + 1 : rows.length;
    const row = newRow("indicators");
    this.apply([...this.rankAt(row, rows, index), { place: `${row}.node`, after: node }], row);
    this.toast.show(message("indicator_added", { where: this.classes.name(node) }));
  }

  remove(row) {
    const section = sectionOf(row);
    const rows = this.siblings(row);
    const index = rows.indexOf(row);
    const neighbour = rows[index + 1] ?? rows[index - 1];
    const name = this.sheet.text(this.firstCell(row));
    const wanted = [{ place: row, after: "" }];
    if (section === "duties") wanted.push(...this.renumberedIfConsecutive(rows, rows.filter((other) => other !== row)));
    const changes = this.apply(wanted, neighbour, row);
    if (!neighbour) this.classes.addButton(section === "indicators" ? `nodes[${this.sheet.text(`${row}.node`)}]` : section)?.focus();
    this.toast.show(message("row_removed", { name: name.slice(0, 20) || message("blank") }), message("undo"), () =>
      this.bringBack(row, changes));
  }

  // Restore a removed row, even after other edits.
  bringBack(row, changes) {
    const wanted = changes.filter(({ place, after }) => this.sheet.text(place) === after);
    this.apply(wanted.map(({ place, before }) => ({ place, after: before })), row);
    this.toast.show(message("brought_back"));
  }

  move(row, step) {
    const section = sectionOf(row);
    const siblings = this.siblings(row);
    const to = siblings.indexOf(row) + step;
    if (to < 0 || to >= siblings.length) {
      return section === "indicators" ? this.moveToClass(row, step) : this.toast.show(message("cannot_move"));
    }
    const rest = this.sheet.rows(section).filter((other) => other !== row);
    const index = rest.indexOf(siblings[to]) + (step > 0);
    const wanted = this.rankAt(row, rest, index);
    if (section === "duties") wanted.push(...this.renumberedIfConsecutive(siblings, inserted(rest, index, row)));
    this.apply(wanted, row, row, true);
    this.toast.show(message("row_moved", { number: to + 1 }));
  }

  // Move an indicator to the end of the class above or the beginning of the class below.
  moveToClass(row, step) {
    const nodes = this.classes.keys;
    const index = nodes.indexOf(this.sheet.text(`${row}.node`));
    const node = nodes[(index < 0 ? nodes.length : index) + step];
    if (node) this.putIntoClass(row, node, step > 0);
    else this.toast.show(message("cannot_move"));
  }

  putIntoClass(row, node, atBeginning = false) {
    const rest = this.sheet.rows("indicators").filter((other) => other !== row);
    const [first] = this.sheet.rowsOfClass(node);
    const index = atBeginning && first ? rest.indexOf(first) : rest.length;
    this.apply([...this.rankAt(row, rest, index), { place: `${row}.node`, after: node }], row, row, true);
    this.toast.show(message("class_changed", { where: this.classes.name(node) }));
  }

  split(row) {
    const [first, ...others] = splitAtNumerals(this.sheet.text(`${row}.text`));
    if (!others.length) return this.toast.show(message("nothing_to_split"));
    if (!this.hasCapacity("duties", others.length)) return;
    this.apply(this.splitInto(row, [first, ...others]), row);
    this.toast.show(message("duty_split", { count: others.length + 1 }));
  }

  // Return the changes that split one duty into several.
  splitInto(row, texts) {
    const rows = this.sheet.rows("duties");
    const index = rows.indexOf(row) + 1;
    const added = texts.slice(1).map(() => newRow("duties"));
    const written = new Map([row, ...added].map((duty, number) => [duty, texts[number]]));
    const after = inserted(rows, index, ...added);
    const rankChanges = this.ranksAt(added, rows, index);
    const textChanges = [...written].map(([duty, text]) => ({ place: `${duty}.text`, after: text }));
    const isCounted = areConsecutive(rows.map((duty) => this.sheet.text(`${duty}.text`))) || areConsecutive(texts);
    return [...rankChanges, ...textChanges, ...(isCounted ? this.renumbered(after, written) : [])];
  }

  rankAt(row, rows, index) {
    return this.ranksAt([row], rows, index);
  }

  // Return ranks for rows inserted at an index. Rows with equal ranks, created by two users, are in the way and get new
  // ranks, too.
  ranksAt(added, rows, index) {
    const low = index ? this.sheet.text(rows[index - 1]) : "";
    let end = index;
    while (low && end < rows.length && compare(this.sheet.text(rows[end]), low) <= 0) end += 1;
    const placed = [...added, ...rows.slice(index, end)];
    const ranks = spread(low, end < rows.length ? this.sheet.text(rows[end]) : "", placed.length);
    return placed.map((place, offset) => ({ place, after: ranks[offset] }));
  }

  // Return the renumbered texts of duties if those of `before` were consecutive; `written` holds newer texts.
  renumberedIfConsecutive(before, after, written = new Map()) {
    const isCounted = areConsecutive(before.map((row) => written.get(row) ?? this.sheet.text(`${row}.text`)));
    return isCounted ? this.renumbered(after, written) : [];
  }

  renumbered(after, written) {
    const text = (row) => written.get(row) ?? this.sheet.text(`${row}.text`);
    const texts = renumber(after.map((row) => text(row).trimStart()));
    const changes = after.map((row, index) => ({ place: `${row}.text`, after: texts[index] }));
    return changes.filter((change, index) => change.after !== text(after[index]));
  }

  // Apply changes as one undo step. The caret goes into `row`, on undo into the other row.
  apply(wanted, row, undoRow = row, keepsColumn = false) {
    const column = keepsColumn && this.table.place(document.activeElement)?.split("].")[1];
    const changes = this.sheet.apply(wanted, "rows");
    if (changes.length) this.history.push(changes, this.firstCell(undoRow ?? row));
    const cell = row && (column && column !== "node" ? `${row}.${column}` : this.firstCell(row));
    if (cell) this.table.focus(cell, { atEnd: true });
    return changes;
  }
}
