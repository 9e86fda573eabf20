// Cells that are kept out of saving until somebody decides: someone else was there first, or the text cannot be stored.
// What is said stands at the cell, with the two ways to go on.

import { isRow, rowOf } from "./sheet.js";
import { words } from "./words.js";

export class Asks {
  constructor({ sheet, table, history, decided }) {
    Object.assign(this, { sheet, table, history, decided });
    this.held = new Map();
    sheet.addEventListener("change", ({ detail }) => {
      // A text that was too long is tried again once it was written anew.
      for (const { place } of detail.changes) if (this.held.get(place)?.isRefusal) this.release(place);
    });
  }

  get count() {
    return this.held.size;
  }

  get places() {
    return [...this.held.keys()];
  }

  holds(place) {
    return this.held.has(place) || this.held.has(rowOf(place) ?? "");
  }

  // Whether a cell, or one of a row's, is being asked about: such a row stays in view, even when another removed it.
  isAbout(place) {
    return this.held.has(place) || (isRow(place) && this.places.some((held) => rowOf(held) === place));
  }

  conflict({ place, stored, said }, typed) {
    // The row that was to be removed comes back into view: it was changed meanwhile.
    if (isRow(place) && stored && !typed) this.sheet.take([{ place, after: stored }], "server");
    const buttons = [
      [words("keep_mine"), () => this.keepMine(place, stored, typed)],
      [words("keep_theirs"), () => this.keepTheirs(place, stored)],
    ];
    this.hold(place, said, buttons);
  }

  refusal({ place, said }) {
    this.hold(place, said, [], true);
  }

  hold(place, said, buttons, isRefusal = false) {
    this.release(place);
    const note = document.createElement("span");
    note.className = "note unsaved ask";
    const label = document.createElement("b");
    label.textContent = words("not_stored");
    note.append(label, ` ${said} `, ...buttons.map(([name, act]) => this.button(name, act)));
    this.notesAt(place)?.after(note);
    this.held.set(place, { note, isRefusal });
  }

  button(name, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm btn-outline-primary";
    button.textContent = name;
    button.addEventListener("click", act);
    return button;
  }

  // Under the cell; for a row under its first cell.
  notesAt(place) {
    const row = rowOf(place);
    const places = [place, `${row}.name`, `${row}.text`];
    return places.map((one) => this.table.notes.get(one)).find((notes) => notes?.isConnected);
  }

  // What the other has put there counts as seen, so that it is written over knowingly; a removed row comes back.
  keepMine(place, stored, typed) {
    this.release(place);
    if (stored === null) this.revive(rowOf(place) ?? place);
    else this.sheet.store(place, stored);
    if (this.sheet.text(place) !== typed) this.sheet.take([{ place, after: typed }]);
    this.goOn(place);
  }

  keepTheirs(place, stored) {
    this.release(place);
    if (stored === null) {
      this.buryHere(rowOf(place) ?? place);
    } else {
      this.sheet.store(place, stored);
      const changes = this.sheet.take([{ place, after: stored }], "server");
      if (changes.length) this.history.push(changes, place);
    }
    this.goOn(place);
  }

  // The row is gone at the server: it is made again, under its own key, with what is in it here.
  revive(row) {
    this.sheet.stored.set(row, "");
    for (const place of this.sheet.now.keys()) {
      if (rowOf(place) === row && place !== row) this.release(place);
    }
  }

  buryHere(row) {
    for (const place of this.sheet.now.keys()) {
      if (rowOf(place) === row && place !== row) {
        this.release(place);
        this.sheet.store(place, this.sheet.text(place));
      }
    }
    this.sheet.stored.set(row, "");
    const changes = this.sheet.take([{ place: row, after: "" }], "server");
    if (changes.length) this.history.push(changes, row);
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
