// Taking back and doing again: every change of the table is a step, typing in one cell without a rest is one step.

import { isRow, rowOf } from "./sheet.js";

const MOST = 500;
const REST = 1500;

export class History extends EventTarget {
  constructor(sheet) {
    super();
    this.sheet = sheet;
    this.steps = [];
    this.done = 0;
    this.isOpen = false;
  }

  get canUndo() {
    return this.done > 0;
  }

  get canRedo() {
    return this.done < this.steps.length;
  }

  // A step as a whole: rows, moves, pastes. `at` is where the caret goes when it is taken back or done again.
  push(changes, at) {
    this.close();
    this.add({ changes, at });
  }

  // Typing goes on in the step before while it is the same cell and there was no rest.
  typed([change], time = performance.now()) {
    const last = this.steps[this.done - 1];
    if (this.isOpen && this.goesOn(last?.changes[0], change) && time - this.typedAt < REST) {
      last.changes = [{ ...last.changes[0], after: change.after }];
      this.steps.length = this.done;
    } else {
      this.add({ changes: [change], at: change.place });
    }
    this.isOpen = true;
    this.typedAt = time;
    this.dispatchEvent(new Event("change"));
  }

  // The same cell, and nobody else has written there in between.
  goesOn(before, change) {
    return before?.place === change.place && before.after === change.before;
  }

  close() {
    this.isOpen = false;
  }

  undo() {
    if (!this.canUndo) return null;
    this.close();
    this.done -= 1;
    const { changes, at } = this.steps[this.done];
    return this.play(changes.map(({ place, before, after }) => ({ place, before: after, after: before })).reverse(), at);
  }

  redo() {
    if (!this.canRedo) return null;
    this.close();
    this.done += 1;
    const { changes, at } = this.steps[this.done - 1];
    return this.play(changes, at);
  }

  // What somebody else has written meanwhile stays: such a cell is left out and counted, and a row that was made by the
  // step and holds more than the step has put there.
  play(changes, at) {
    const isOurs = ({ place, before }) => this.sheet.text(place) === before;
    const kept = new Set(changes.filter((one) => isRow(one.place) && !one.after && this.holdsMore(one.place, changes))
      .map(({ place }) => place));
    const wanted = changes.filter((one) => isOurs(one) && !kept.has(rowOf(one.place)));
    const played = this.sheet.take(wanted, "history");
    this.dispatchEvent(new Event("change"));
    return { played, at, left: changes.length - wanted.length };
  }

  holdsMore(row, changes) {
    const ours = new Map(changes.filter(({ place }) => rowOf(place) === row).map(({ place, before }) => [place, before]));
    if (ours.size < 2) return false;
    return [...this.sheet.now].some(([place, text]) =>
      rowOf(place) === row && /\.(?:name|target|text)$/.test(place) && text !== (ours.get(place) ?? ""));
  }

  add(step) {
    this.steps.length = this.done;
    this.steps.push(step);
    if (this.steps.length > MOST) this.steps.shift();
    this.done = this.steps.length;
    this.dispatchEvent(new Event("change"));
  }
}

// Where the caret can go for a step: its cell, or the first cell of its row.
export function cellAt(place, table) {
  if (table.field(place)?.isConnected) return place;
  const row = rowOf(place);
  return row && [`${row}.name`, `${row}.text`].find((cell) => table.field(cell)?.isConnected);
}
