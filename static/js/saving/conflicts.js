// Cells that are kept out of saving: someone else was there first, and somebody decides between the two texts; or the
// text cannot be stored, and is written anew. What is said stands at the cell.

import { button } from "../elements.js";
import { isRow, rowOf } from "../model/sheet.js";
import { words } from "../messages.js";

export class Asks {
  constructor({ sheet, table, history, decided }) {
    Object.assign(this, { sheet, table, history, decided });
    // place → { note, stored, typed }, or { note, isRefusal }
    this.held = new Map();
    sheet.addEventListener("change", ({ detail }) => {
      for (const { place } of detail.changes) if (this.held.get(place)?.isRefusal) this.release(place);
    });
  }

  get count() {
    return this.held.size;
  }

  // Whether a cell is kept out, itself or with its row.
  holds(place) {
    return this.held.has(place) || this.held.has(rowOf(place) ?? "");
  }

  isAsked(place) {
    return this.held.has(place) && !this.held.get(place).isRefusal;
  }

  conflict({ place, stored, said }, typed) {
    // The row that was to be removed comes back into view: it was changed meanwhile.
    if (isRow(place) && stored && !typed) this.sheet.take([{ place, after: stored }], "server");
    if (!this.sheet.isThere(place)) return;
    const buttons = [
      button(words("keep_mine"), "btn btn-sm btn-outline-primary", () => this.keepMine(place)),
      button(words("keep_theirs"), "btn btn-sm btn-outline-primary", () => this.keepTheirs(place)),
    ];
    this.hold(place, said, buttons, { stored, typed });
  }

  refusal({ place, said }) {
    this.hold(place, said, [], { isRefusal: true });
  }

  hold(place, said, buttons, about) {
    this.release(place);
    const note = document.createElement("span");
    note.className = "note unsaved ask";
    const label = document.createElement("b");
    label.textContent = words("not_stored");
    note.append(label, ` ${said} `, ...buttons);
    this.notesAt(place)?.after(note);
    this.held.set(place, { note, ...about });
  }

  // Under the cell; for a row under its first cell.
  notesAt(place) {
    const row = rowOf(place);
    const places = [place, `${row}.name`, `${row}.text`];
    return places.map((one) => this.table.notes.get(one)).find((notes) => notes?.isConnected);
  }

  // Someone has written there again since: that is what the answer is about now. Answers whether it was asked at all.
  renew(place, stored) {
    if (!this.isAsked(place)) return false;
    this.held.get(place).stored = stored;
    return true;
  }

  // What the other has put there counts as seen, so that it is written over knowingly; a removed row comes back.
  keepMine(place) {
    const { stored, typed } = this.held.get(place);
    this.release(place);
    if (stored === null) this.revive(rowOf(place) ?? place);
    else this.sheet.store(place, stored);
    if (isRow(place)) this.sheet.take([{ place, after: typed }]);
    this.goOn(place);
  }

  keepTheirs(place) {
    const { stored } = this.held.get(place);
    this.release(place);
    const row = rowOf(place);
    if (stored === null) this.releaseRow(row);
    this.sheet.store(stored === null ? row : place, stored ?? "");
    const changes = this.sheet.take([{ place: stored === null ? row : place, after: stored ?? "" }], "server");
    if (changes.length) this.history.push(changes, place);
    this.goOn(place);
  }

  // The row is gone at the server: it is made again, under its own key, with what is in it here.
  revive(row) {
    this.sheet.store(row, "");
    this.releaseRow(row);
  }

  releaseRow(row) {
    for (const place of [...this.held.keys()]) if (rowOf(place) === row) this.release(place);
  }

  release(place) {
    this.held.get(place)?.note.remove();
    this.held.delete(place);
  }

  goOn(place) {
    this.table.focus(place, { atEnd: true });
    this.decided();
  }
}
