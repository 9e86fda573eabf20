// What a window that is gone has left in this browser: shown, and taken over or thrown away. Nothing of it is stored
// before somebody says so, and where the table has changed since, each cell asks.

import { isRow, rowOf } from "./sheet.js";
import { quoted, words } from "./words.js";

const SHOWN = 5;

export class Offers {
  constructor({ element, sheet, history, asks, copy, labelOf }) {
    Object.assign(this, { element, sheet, history, asks, copy, labelOf });
    element.querySelector("[data-take]").addEventListener("click", () => this.takeOver());
    element.querySelector("[data-drop]").addEventListener("click", () => this.throwAway());
  }

  async look() {
    this.found = await this.copy.orphans();
    this.cells = [...new Map(this.found.flatMap(({ cells }) => cells.map((cell) => [cell.place, cell]))).values()]
      .filter(({ place, after }) => after !== this.sheet.storedText(place));
    if (!this.cells.length) return this.forget();
    this.show(new Date(this.found.at(-1).at));
  }

  show(at) {
    const time = at.toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
    this.element.querySelector("h2").textContent = words("left_behind", { time, count: this.cells.length });
    const lines = this.cells.filter(({ place, after }) => !isRow(place) && !place.endsWith(".node") && after);
    const items = lines.slice(0, SHOWN).map(({ place, after }) => {
      const item = document.createElement("li");
      item.textContent = `${this.labelOf(place)} ${quoted(after)}`;
      return item;
    });
    this.element.querySelector("ul").replaceChildren(...items);
    this.element.hidden = false;
  }

  // Rows first, so that their cells are there.
  takeOver() {
    const ordered = [...this.cells].sort((a, b) => isRow(b.place) - isRow(a.place));
    const wanted = ordered.filter(({ place }) => isRow(place) || !rowOf(place) || this.willBeThere(place, ordered));
    const stored = new Map(wanted.map(({ place }) => [place, this.sheet.storedText(place)]));
    const changes = this.sheet.take(wanted.map(({ place, after }) => ({ place, after })));
    if (changes.length) this.history.push(changes, changes[0].place);
    for (const { place, before, after, sent } of wanted) {
      const now = stored.get(place);
      if (!isRow(place) && now !== before && now !== sent) {
        this.asks.conflict({ place, stored: now, said: words("changed_since", { now: quoted(now), typed: quoted(after) }) }, after);
      }
    }
    this.forget();
  }

  willBeThere(place, cells) {
    const row = rowOf(place);
    return this.sheet.text(row) !== "" || cells.some((cell) => cell.place === row && cell.after);
  }

  throwAway() {
    this.forget();
  }

  forget() {
    for (const { key } of this.found) this.copy.forget(key);
    this.element.hidden = true;
  }
}
