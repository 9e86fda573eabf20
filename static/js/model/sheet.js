// The table as a value: a text for each place, as it stands on the page and as it is stored. Knows nothing of the page.
// A row's own place holds its rank, and nothing while the row is not there. Everything that happens to the table is a
// list of changes {place, before, after}, so that it can be undone, kept, sent and replayed alike.

import { compare } from "./ranks.js";

export const COLUMNS = {
  duties: ["text"],
  tasks: ["name", "content", "amount"],
  indicators: ["node", "name", "target", "weight", "last_value", "explanation", "scoring", "note"],
};

export function sectionOf(place) {
  return /^[a-z]+/.exec(place)[0];
}

// The place of the row that a place belongs to; null for cells that are in no row.
export function rowOf(place) {
  return /^(?:duties|tasks|indicators)\[[^\]]*\]/.exec(place)?.[0] ?? null;
}

export function isRow(place) {
  return rowOf(place) === place;
}

export function newRow(section) {
  return `${section}[${crypto.randomUUID?.() ?? uuid()}]`;
}

// Where the page is served without HTTPS, there is no randomUUID.
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export class Sheet extends EventTarget {
  constructor() {
    super();
    this.stored = new Map();
    this.now = new Map();
    this.confirmed = new Set();
  }

  // Somebody's word that a text stands as it is: a change of nothing, saved like any other.
  confirm(place) {
    this.confirmed.add(place);
    this.dispatchEvent(new CustomEvent("change", { detail: { changes: [], by: "person" } }));
  }

  text(place) {
    return this.now.get(place) ?? "";
  }

  storedText(place) {
    return this.stored.get(place) ?? "";
  }

  // A cell can be written in when it is in no row, or in one that is there.
  isThere(place) {
    const row = rowOf(place);
    return row === null || this.text(row) !== "";
  }

  // Rows that are there, in their order.
  rows(section) {
    const found = [...this.now].filter(([place, rank]) => rank && isRow(place) && sectionOf(place) === section);
    return found.sort(([a, x], [b, y]) => compare(x, y) || (a < b ? -1 : 1)).map(([place]) => place);
  }

  rowsOfClass(node) {
    return this.rows("indicators").filter((row) => this.text(`${row}.node`) === node);
  }

  // Puts texts into places, [{place, after}], the last for each, and answers what has changed by it. Whose doing it was
  // goes with the event.
  take(wanted, by = "person") {
    const changes = [];
    for (const [place, after] of new Map(wanted.map((one) => [one.place, one.after]))) {
      const before = this.text(place);
      if (before === after) continue;
      this.now.set(place, after);
      changes.push({ place, before, after });
    }
    if (changes.length) this.dispatchEvent(new CustomEvent("change", { detail: { changes, by } }));
    return changes;
  }

  // What the server holds; a place that has nothing else typed into it follows.
  store(place, text) {
    const follows = this.text(place) === this.storedText(place);
    this.stored.set(place, text);
    this.confirmed.delete(place);
    return follows;
  }

  // What differs from what is stored: everything that still has to be saved. A row's cells do not count while it is gone
  // here and there.
  pending() {
    const found = [];
    for (const [place, after] of this.now) {
      const before = this.storedText(place);
      const row = rowOf(place);
      const isGone = row && row !== place && !this.text(row) && !this.storedText(row);
      if ((before !== after || this.confirmed.has(place)) && !isGone) found.push({ place, before, after });
    }
    return found;
  }
}
