// Steps with rows: each is one list of changes, one step to take back, one sentence, and a place for the caret.

import { counted, nextNumeral, renumber, splitAtNumerals } from "../model/numerals.js";
import { compare, spread } from "../model/ranks.js";
import { newRow, sectionOf } from "../model/sheet.js";
import { words } from "../messages.js";

const FIRST_NUMERAL = "（一）";
const FIRST_CELL = { duties: "text", tasks: "name", indicators: "name" };

function inserted(rows, at, ...made) {
  return [...rows.slice(0, at), ...made, ...rows.slice(at)];
}

export class Rows {
  constructor({ sheet, table, history, told, most, classes }) {
    Object.assign(this, { sheet, table, history, told, most, classes });
  }

  firstCell(row) {
    return `${row}.${FIRST_CELL[sectionOf(row)]}`;
  }

  hasRoom(section, count) {
    const now = this.sheet.rows(section).length;
    if (now + count <= this.most[section]) return true;
    this.told.say(words("no_room", { now, most: this.most[section], count }));
    return false;
  }

  // Below a row, or as the last of a class (a node's key), of the duties or the tasks (no row).
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
    if (!this.hasRoom("tasks", 1)) return;
    const rows = this.sheet.rows("tasks");
    const behind = above ? rows.indexOf(above) + 1 : rows.length;
    const row = newRow("tasks");
    this.carryOut(this.standAt(row, rows, behind), row);
    this.told.say(words("task_added", { number: behind + 1 }));
  }

  // The rows among which one can be moved: all of its section, for an indicator those of its class.
  matesOf(row) {
    const section = sectionOf(row);
    return section === "indicators" ? this.sheet.rowsOfClass(this.sheet.text(`${row}.node`)) : this.sheet.rows(section);
  }

  addDuty(above = null) {
    if (!this.hasRoom("duties", 1)) return;
    const rows = this.sheet.rows("duties");
    const behind = above ? rows.indexOf(above) + 1 : rows.length;
    const row = newRow("duties");
    const texts = rows.slice(0, behind).map((one) => this.sheet.text(`${one}.text`).trim());
    const text = rows.length ? nextNumeral(texts) : FIRST_NUMERAL;
    const wanted = [...this.standAt(row, rows, behind), { place: `${row}.text`, after: text }];
    this.carryOut([...wanted, ...this.countedAnew(rows, inserted(rows, behind, row), new Map([[row, text]]))], row);
    this.told.say(words("duty_added", { number: behind + 1 }));
  }

  addIndicator(node, above = null) {
    if (!this.hasRoom("indicators", 1)) return;
    const rows = this.sheet.rows("indicators");
    const mates = this.sheet.rowsOfClass(node);
    const last = above ?? mates.at(-1);
    const behind = last ? rows.indexOf(last) + 1 : rows.length;
    const row = newRow("indicators");
    this.carryOut([...this.standAt(row, rows, behind), { place: `${row}.node`, after: node }], row);
    this.told.say(words("indicator_added", { where: this.classes.name(node) }));
  }

  remove(row) {
    const section = sectionOf(row);
    const rows = this.matesOf(row);
    const at = rows.indexOf(row);
    const neighbour = rows[at + 1] ?? rows[at - 1];
    const name = this.sheet.text(this.firstCell(row));
    const wanted = [{ place: row, after: "" }];
    if (section === "duties") wanted.push(...this.countedAnew(rows, rows.filter((one) => one !== row)));
    const changes = this.carryOut(wanted, neighbour, row);
    if (!neighbour) this.classes.addButton(section === "indicators" ? `nodes[${this.sheet.text(`${row}.node`)}]` : section)?.focus();
    this.told.say(words("row_removed", { name: name.slice(0, 20) || words("blank") }), words("bring_back"), () =>
      this.bringBack(row, changes));
  }

  // From where it was, also when other things have been done since.
  bringBack(row, changes) {
    const wanted = changes.filter(({ place, after }) => this.sheet.text(place) === after);
    this.carryOut(wanted.map(({ place, before }) => ({ place, after: before })), row);
    this.told.say(words("brought_back"));
  }

  move(row, step) {
    const section = sectionOf(row);
    const mates = this.matesOf(row);
    const to = mates.indexOf(row) + step;
    if (to < 0 || to >= mates.length) {
      return section === "indicators" ? this.moveToClass(row, step) : this.told.say(words("at_the_edge"));
    }
    const rest = this.sheet.rows(section).filter((one) => one !== row);
    const behind = rest.indexOf(mates[to]) + (step > 0);
    const wanted = this.standAt(row, rest, behind);
    if (section === "duties") wanted.push(...this.countedAnew(mates, inserted(rest, behind, row)));
    this.carryOut(wanted, row, row, true);
    this.told.say(words("row_moved", { number: to + 1 }));
  }

  // Over to the class above (its end) or below (its beginning).
  moveToClass(row, step) {
    const nodes = this.classes.keys;
    const was = nodes.indexOf(this.sheet.text(`${row}.node`));
    const node = nodes[(was < 0 ? nodes.length : was) + step];
    if (node) this.putIntoClass(row, node, step > 0);
    else this.told.say(words("at_the_edge"));
  }

  putIntoClass(row, node, atBeginning = false) {
    const rest = this.sheet.rows("indicators").filter((one) => one !== row);
    const [first] = this.sheet.rowsOfClass(node);
    const behind = atBeginning && first ? rest.indexOf(first) : rest.length;
    this.carryOut([...this.standAt(row, rest, behind), { place: `${row}.node`, after: node }], row, row, true);
    this.told.say(words("class_changed", { where: this.classes.name(node) }));
  }

  split(row) {
    const [first, ...others] = splitAtNumerals(this.sheet.text(`${row}.text`));
    if (!others.length) return this.told.say(words("nothing_to_split"));
    if (!this.hasRoom("duties", others.length)) return;
    this.carryOut(this.splitInto(row, [first, ...others]), row);
    this.told.say(words("duty_split", { count: others.length + 1 }));
  }

  // The changes that put several duties in the place of one.
  splitInto(row, texts) {
    const rows = this.sheet.rows("duties");
    const at = rows.indexOf(row) + 1;
    const made = texts.slice(1).map(() => newRow("duties"));
    const written = new Map([row, ...made].map((one, number) => [one, texts[number]]));
    const after = inserted(rows, at, ...made);
    const rankChanges = this.standAll(made, rows, at);
    const textChanges = [...written].map(([one, text]) => ({ place: `${one}.text`, after: text }));
    const isCounted = counted(rows.map((one) => this.sheet.text(`${one}.text`))) || counted(texts);
    return [...rankChanges, ...textChanges, ...(isCounted ? this.renumbered(after, written) : [])];
  }

  standAt(row, rows, number) {
    return this.standAll([row], rows, number);
  }

  // The ranks by which rows come to stand before the one of this number. Two people may have put rows at one rank: those
  // that stand in the way get new ones.
  standAll(made, rows, number) {
    const low = number ? this.sheet.text(rows[number - 1]) : "";
    let end = number;
    while (low && end < rows.length && compare(this.sheet.text(rows[end]), low) <= 0) end += 1;
    const placed = [...made, ...rows.slice(number, end)];
    const ranks = spread(low, end < rows.length ? this.sheet.text(rows[end]) : "", placed.length);
    return placed.map((place, at) => ({ place, after: ranks[at] }));
  }

  // The texts of duties whose numerals are counted anew, where those of `before` counted; `written` are newer texts.
  countedAnew(before, after, written = new Map()) {
    const isCounted = counted(before.map((row) => written.get(row) ?? this.sheet.text(`${row}.text`)));
    return isCounted ? this.renumbered(after, written) : [];
  }

  renumbered(after, written) {
    const text = (row) => written.get(row) ?? this.sheet.text(`${row}.text`);
    const texts = renumber(after.map((row) => text(row).trimStart()));
    return after.map((row, at) => ({ place: `${row}.text`, after: texts[at] })).filter(({ after: new_ }, at) => new_ !== text(after[at]));
  }

  // Makes the changes one step; the caret goes into the row that is named, and back into the other when it is undone.
  carryOut(wanted, row, back = row, keepsColumn = false) {
    const column = keepsColumn && this.table.place(document.activeElement)?.split("].")[1];
    const changes = this.sheet.take(wanted, "rows");
    if (changes.length) this.history.push(changes, this.firstCell(back ?? row));
    const cell = row && (column && column !== "node" ? `${row}.${column}` : this.firstCell(row));
    if (cell) this.table.focus(cell, { atEnd: true });
    return changes;
  }
}
