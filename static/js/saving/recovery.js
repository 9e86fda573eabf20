// What a window that is gone has left in this browser: shown, and taken over or thrown away, one window's after another.
// Nothing of it is stored before somebody says so, and where the table has changed since, each cell asks.

import { isRow, rowOf } from "../model/sheet.js";
import { quoted, words } from "../messages.js";

const SHOWN = 5;

export class Offers {
  constructor({ element, sheet, history, asks, copy, autosave, labelOf }) {
    Object.assign(this, { element, sheet, history, asks, copy, autosave, labelOf });
    element.querySelector("[data-take]").addEventListener("click", () => this.takeOver());
    element.querySelector("[data-drop]").addEventListener("click", () => this.forget());
  }

  // The oldest copy that holds anything else than what is stored.
  async look() {
    this.element.hidden = true;
    for (const copy of await this.copy.orphans()) {
      this.found = copy;
      this.cells = this.missing(copy.cells);
      if (this.cells.length) return this.show(new Date(copy.at));
      this.copy.forget(copy.key);
    }
  }

  // A row that was removed is no text that could be lost: it is left where it is. One that is gone here and written in
  // there comes back.
  missing(cells) {
    const wanted = cells.filter(({ place, after }) => after !== this.sheet.storedText(place) && !(isRow(place) && !after));
    const rows = new Set(wanted.map(({ place }) => rowOf(place)).filter((row) => row && !this.sheet.text(row)));
    const there = new Set(wanted.map(({ place }) => place));
    const revived = cells.filter(({ row }) => row && rows.has(row.place) && !there.has(row.place)).flatMap(({ row }) => [
      { place: row.place, before: "", after: row.rank, sent: null },
      ...(row.node === undefined ? [] : [{ place: `${row.place}.node`, before: "", after: row.node, sent: null }]),
    ]);
    return [...new Map([...revived, ...wanted].map((cell) => [cell.place, cell])).values()].filter(({ place }) =>
      !rowOf(place) || isRow(place) || !rows.has(rowOf(place)) || there.has(rowOf(place)) ||
      revived.some((cell) => cell.place === rowOf(place)));
  }

  show(at) {
    const time = at.toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
    const lines = this.cells.filter(({ place }) => !isRow(place) && !place.endsWith(".node"));
    this.element.querySelector("h2").textContent = words("left_behind", { time, count: lines.length || this.cells.length });
    const items = lines.slice(0, SHOWN).map(({ place, after }) => {
      const item = document.createElement("li");
      item.textContent = `${this.labelOf(place)} ${quoted(after)}`;
      return item;
    });
    this.element.querySelector("ul").replaceChildren(...items);
    this.element.hidden = false;
  }

  takeOver() {
    const stored = new Map(this.cells.map(({ place }) => [place, this.sheet.storedText(place)]));
    const changes = this.sheet.take(this.cells.map(({ place, after }) => ({ place, after })));
    if (changes.length) this.history.push(changes, changes[0].place);
    for (const { place, before, after, sent } of this.cells) {
      const now = stored.get(place);
      if (!isRow(place) && this.sheet.isThere(place) && now !== before && now !== sent && stored.get(rowOf(place)) !== "") {
        const said = words("changed_since", { now: quoted(now), typed: quoted(after) });
        this.asks.conflict({ place, stored: now, said }, after);
      }
    }
    this.autosave.keepCopy();
    this.forget();
  }

  // This window has a copy of its own of what was taken over; where there is no room for it the old one stays.
  forget() {
    if (this.autosave.isClean || this.copy.isKept) this.copy.forget(this.found.key);
    this.look();
  }
}
