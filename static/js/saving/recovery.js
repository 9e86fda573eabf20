// Offer to recover the local copies of closed windows, one after another. Nothing is stored without consent; cells
// changed since become conflicts.

import { isRow, rowOf } from "../model/sheet.js";
import { message, quoted } from "../messages.js";

const MAX_LINES = 5;

export class Recovery {
  constructor({ element, sheet, history, conflicts, copy, autosave, labelOf }) {
    Object.assign(this, { element, sheet, history, conflicts, copy, autosave, labelOf });
    element.querySelector("[data-restore]").addEventListener("click", () => this.restore());
    element.querySelector("[data-discard]").addEventListener("click", () => this.discard());
  }

  // Offer the oldest copy that differs from what is stored.
  async offerNext() {
    this.element.hidden = true;
    for (const copy of await this.copy.orphans()) {
      this.orphan = copy;
      this.cells = this.unsavedCells(copy.cells);
      if (this.cells.length) return this.show(new Date(copy.at));
      this.copy.remove(copy.key);
    }
  }

  // Return the cells to recover. Removals of rows are ignored; a removed row that the copy has texts for is restored.
  unsavedCells(cells) {
    const wanted = cells.filter(({ place, after }) => after !== this.sheet.storedText(place) && !(isRow(place) && !after));
    const rows = new Set(wanted.map(({ place }) => rowOf(place)).filter((row) => row && !this.sheet.text(row)));
    const places = new Set(wanted.map(({ place }) => place));
    const restoredRows = cells.filter(({ row }) => row && rows.has(row.place) && !places.has(row.place)).flatMap(({ row }) => [
      { place: row.place, before: "", after: row.rank, sent: null },
      ...(row.node === undefined ? [] : [{ place: `${row.place}.node`, before: "", after: row.node, sent: null }]),
    ]);
    return [...new Map([...restoredRows, ...wanted].map((cell) => [cell.place, cell])).values()].filter(({ place }) =>
      !rowOf(place) || isRow(place) || !rows.has(rowOf(place)) || places.has(rowOf(place)) ||
      restoredRows.some((cell) => cell.place === rowOf(place)));
  }

  show(savedAt) {
    const time = savedAt
      .toLocaleString("zh-CN", { month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" })
      .replace("/", "-");
    const lines = this.cells.filter(({ place }) => !isRow(place) && !place.endsWith(".node"));
    this.element.querySelector("h2").textContent = message("recovery_found", { time, count: lines.length || this.cells.length });
    const items = lines.slice(0, MAX_LINES).map(({ place, after }) => {
      const item = document.createElement("li");
      item.textContent = `${this.labelOf(place)} ${quoted(after)}`;
      return item;
    });
    this.element.querySelector("ul").replaceChildren(...items);
    this.element.hidden = false;
  }

  restore() {
    const stored = new Map(this.cells.map(({ place }) => [place, this.sheet.storedText(place)]));
    const changes = this.sheet.apply(this.cells.map(({ place, after }) => ({ place, after })));
    if (changes.length) this.history.push(changes, changes[0].place);
    for (const { place, before, after, sent } of this.cells) {
      const now = stored.get(place);
      if (!isRow(place) && this.sheet.exists(place) && now !== before && now !== sent && stored.get(rowOf(place)) !== "") {
        const sentence = message("changed_since", { now: quoted(now), typed: quoted(after) });
        this.conflicts.addConflict({ place, stored: now, said: sentence }, after);
      }
    }
    this.autosave.keepCopy();
    this.discard();
  }

  // Remove the copy once this window has its own; keep it if there was no space for one.
  discard() {
    if (this.autosave.isClean || this.copy.isStored) this.copy.remove(this.orphan.key);
    this.offerNext();
  }
}
