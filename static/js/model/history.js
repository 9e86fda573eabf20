// Undo and redo. Every edit of the table is a step; typing in one cell without a pause is one step.

import { isRow, rowOf } from "./sheet.js";

const MOST = 500;
const REST = 1500;

export class History extends EventTarget {
  constructor(sheet) {
    super();
    this.sheet = sheet;
    this.steps = [];
    this.position = 0;
    this.isOpen = false;
  }

  get canUndo() {
    return this.position > 0;
  }

  get canRedo() {
    return this.position < this.steps.length;
  }

  // Add a complete step: row actions, moves, pastes. `place` receives the caret on undo and redo.
  push(changes, place) {
    this.close();
    this.add({ changes, place });
  }

  // Extend the previous step while the cell is the same and there was no pause; otherwise start a step.
  recordTyping([change], time = performance.now()) {
    const last = this.steps[this.position - 1];
    if (this.isOpen && this.continues(last?.changes[0], change) && time - this.typedAt < REST) {
      last.changes = [{ ...last.changes[0], after: change.after }];
      this.steps.length = this.position;
    } else {
      this.add({ changes: [change], place: change.place });
    }
    this.isOpen = true;
    this.typedAt = time;
    this.dispatchEvent(new Event("change"));
  }

  // Whether a change follows directly on another one: same cell, no other user's text in between.
  continues(before, change) {
    return before?.place === change.place && before.after === change.before;
  }

  close() {
    this.isOpen = false;
  }

  undo() {
    if (!this.canUndo) return null;
    this.close();
    this.position -= 1;
    const { changes, place } = this.steps[this.position];
    const inverse = changes.map((change) => ({ place: change.place, before: change.after, after: change.before }));
    return this.play(inverse.reverse(), place);
  }

  redo() {
    if (!this.canRedo) return null;
    this.close();
    this.position += 1;
    const { changes, place } = this.steps[this.position - 1];
    return this.play(changes, place);
  }

  // Apply a step in either direction. Cells that other users have changed since are skipped and counted, as are rows
  // created by the step that now hold text from elsewhere.
  play(changes, caretPlace) {
    const isUnchanged = ({ place, before }) => this.sheet.text(place) === before;
    const keptRows = new Set(changes.filter((change) => isRow(change.place) && !change.after && this.hasOtherText(change.place, changes))
      .map(({ place }) => place));
    const wanted = changes.filter((change) => isUnchanged(change) && !keptRows.has(rowOf(change.place)));
    const played = this.sheet.apply(wanted, "history");
    this.dispatchEvent(new Event("change"));
    return { played, place: caretPlace, skipped: changes.length - wanted.length };
  }

  hasOtherText(row, changes) {
    const written = new Map(changes.filter(({ place }) => rowOf(place) === row).map(({ place, before }) => [place, before]));
    if (written.size < 2) return false;
    return [...this.sheet.current].some(([place, text]) =>
      rowOf(place) === row && /\.(?:name|target|text)$/.test(place) && text !== (written.get(place) ?? ""));
  }

  add(step) {
    this.steps.length = this.position;
    this.steps.push(step);
    if (this.steps.length > MOST) this.steps.shift();
    this.position = this.steps.length;
    this.dispatchEvent(new Event("change"));
  }
}

// Return where the caret can go after a step: its cell, or the first cell of its row.
export function focusableCell(place, table) {
  if (table.field(place)?.isConnected) return place;
  const row = rowOf(place);
  return row && [`${row}.name`, `${row}.text`].find((cell) => table.field(cell)?.isConnected);
}
