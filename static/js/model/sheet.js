// The table as data: for each place its current and its stored text. Independent of the DOM.
// A row's own place holds its rank; an empty text means that the row does not exist. Every edit is a list of changes
// {place, before, after}, so undo, local copies, saving and replay share one format.

import { compare } from "./ranks.js";

export const COLUMNS = {
  duties: ["text"],
  tasks: ["name", "content", "amount"],
  indicators: ["node", "name", "target", "weight", "last_value", "explanation", "scoring", "note"],
};

export function sectionOf(place) {
  return /^[a-z]+/.exec(place)[0];
}

// Return the place of the row that contains a place; null for cells outside rows.
export function rowOf(place) {
  return /^(?:duties|tasks|indicators)\[[^\]]*\]/.exec(place)?.[0] ?? null;
}

export function isRow(place) {
  return rowOf(place) === place;
}

export function newRow(section) {
  return `${section}[${crypto.randomUUID?.() ?? uuid()}]`;
}

// Generate a version 4 UUID: randomUUID is unavailable without HTTPS.
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
    this.current = new Map();
    this.confirmed = new Set();
  }

  // Confirm that a carried-over text is right: saved as a change without a difference.
  confirm(place) {
    this.confirmed.add(place);
    this.dispatchEvent(new CustomEvent("change", { detail: { changes: [], by: "user" } }));
  }

  text(place) {
    return this.current.get(place) ?? "";
  }

  storedText(place) {
    return this.stored.get(place) ?? "";
  }

  // Whether a cell exists: it is outside rows, or its row exists.
  exists(place) {
    const row = rowOf(place);
    return row === null || this.text(row) !== "";
  }

  // Return the existing rows of a section in rank order; equal ranks are ordered by place.
  rows(section) {
    const rows = [...this.current].filter(([place, rank]) => rank && isRow(place) && sectionOf(place) === section);
    return rows.sort(([a, x], [b, y]) => compare(x, y) || (a < b ? -1 : 1)).map(([place]) => place);
  }

  rowsOfClass(node) {
    return this.rows("indicators").filter((row) => this.text(`${row}.node`) === node);
  }

  // Apply [{place, after}], the last for each place, and return the changes made. `by` is the origin of the edit and
  // part of the event.
  apply(wanted, by = "user") {
    const changes = [];
    for (const [place, after] of new Map(wanted.map((change) => [change.place, change.after]))) {
      const before = this.text(place);
      if (before === after) continue;
      this.current.set(place, after);
      changes.push({ place, before, after });
    }
    if (changes.length) this.dispatchEvent(new CustomEvent("change", { detail: { changes, by } }));
    return changes;
  }

  // Record the text stored by the server.
  store(place, text) {
    this.stored.set(place, text);
    this.confirmed.delete(place);
  }

  // Return the unsaved changes. Cells of a row that exists neither here nor on the server are ignored.
  pending() {
    const changes = [];
    for (const [place, after] of this.current) {
      const before = this.storedText(place);
      const row = rowOf(place);
      const isGone = row && row !== place && !this.text(row) && !this.storedText(row);
      if ((before !== after || this.confirmed.has(place)) && !isGone) changes.push({ place, before, after });
    }
    return changes;
  }
}
