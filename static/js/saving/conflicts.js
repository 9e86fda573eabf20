// Cells excluded from saving: another user changed them first, so the user chooses between two texts; or the text
// cannot be stored and must be changed. A note at the cell explains which.

import { makeButton } from "../elements.js";
import { isRow, rowOf } from "../model/sheet.js";
import { message } from "../messages.js";

export class Conflicts {
  constructor({ sheet, table, history, onDecision }) {
    Object.assign(this, { sheet, table, history, onDecision });
    // By place: { note, stored, typed } for a conflict, { note, isRefusal } for a refusal.
    this.entries = new Map();
    sheet.addEventListener("change", ({ detail }) => {
      for (const { place } of detail.changes) if (this.entries.get(place)?.isRefusal) this.remove(place);
    });
  }

  get count() {
    return this.entries.size;
  }

  // Whether a cell or its row is excluded from saving.
  blocks(place) {
    return this.entries.has(place) || this.entries.has(rowOf(place) ?? "");
  }

  isOpen(place) {
    return this.entries.has(place) && !this.entries.get(place).isRefusal;
  }

  addConflict({ place, stored, said: sentence }, typed) {
    // Show a row again whose removal conflicts with a change by another user.
    if (isRow(place) && stored && !typed) this.sheet.apply([{ place, after: stored }], "server");
    if (!this.sheet.exists(place)) return;
    const buttons = [
      makeButton(message("keep_mine"), "btn btn-sm btn-outline-primary", () => this.keepMine(place)),
      makeButton(message("keep_theirs"), "btn btn-sm btn-outline-primary", () => this.keepTheirs(place)),
    ];
    this.add(place, sentence, buttons, { stored, typed });
  }

  addRefusal({ place, said: sentence }) {
    this.add(place, sentence, [], { isRefusal: true });
  }

  add(place, sentence, buttons, details) {
    this.remove(place);
    const note = document.createElement("span");
    note.className = "note unsaved conflict";
    const label = document.createElement("b");
    label.textContent = message("not_stored");
    note.append(label, ` ${sentence} `, ...buttons);
    const notes = this.notesAt(place);
    (notes?.closest(".cell-note") ?? notes)?.after(note);
    this.entries.set(place, { note, ...details });
  }

  // Return the notes of the cell; for a row, those of its first cell.
  notesAt(place) {
    const row = rowOf(place);
    const places = [place, `${row}.name`, `${row}.text`];
    return places.map((candidate) => this.table.notes.get(candidate)).find((notes) => notes?.isConnected);
  }

  // Update a conflict after another change by another user; return whether there is one.
  updateStored(place, stored) {
    if (!this.isOpen(place)) return false;
    this.entries.get(place).stored = stored;
    return true;
  }

  // Overwrite knowingly: the text of the other user counts as seen; a removed row is restored.
  keepMine(place) {
    const { stored, typed } = this.entries.get(place);
    this.remove(place);
    if (stored === null) this.restoreRow(rowOf(place) ?? place);
    else this.sheet.store(place, stored);
    if (isRow(place)) this.sheet.apply([{ place, after: typed }]);
    this.resume(place);
  }

  keepTheirs(place) {
    const { stored } = this.entries.get(place);
    this.remove(place);
    const row = rowOf(place);
    if (stored === null) this.removeRow(row);
    this.sheet.store(stored === null ? row : place, stored ?? "");
    const changes = this.sheet.apply([{ place: stored === null ? row : place, after: stored ?? "" }], "server");
    if (changes.length) this.history.push(changes, place);
    this.resume(place);
  }

  // Restore a row removed on the server, with its key and the texts of this page.
  restoreRow(row) {
    this.sheet.store(row, "");
    this.removeRow(row);
  }

  removeRow(row) {
    for (const place of this.entries.keys()) if (rowOf(place) === row) this.remove(place);
  }

  remove(place) {
    this.entries.get(place)?.note.remove();
    this.entries.delete(place);
  }

  resume(place) {
    this.table.focus(place, { atEnd: true });
    this.onDecision();
  }
}
