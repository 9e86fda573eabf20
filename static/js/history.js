// Taking back and doing again: every change of the table is a step, typing in one cell without a rest is one step.

import { rowOf } from "./sheet.js";

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
    if (this.isOpen && last?.changes[0].place === change.place && time - this.typedAt < REST) {
      last.changes = [{ ...last.changes[0], after: change.after }];
      this.steps.length = this.done;
    } else {
      this.add({ changes: [change], at: change.place });
    }
    this.isOpen = true;
    this.typedAt = time;
    this.dispatchEvent(new Event("change"));
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

  // What somebody else has written meanwhile stays: such a cell is left out and counted.
  play(changes, at) {
    const wanted = changes.filter(({ place, before }) => this.sheet.text(place) === before);
    const played = this.sheet.take(wanted, "history");
    this.dispatchEvent(new Event("change"));
    return { played, at, left: changes.length - wanted.length };
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
