// The local copy of the table's unconfirmed edits.

import { LocalCopy } from "./local_copy.js";
import { rowOf } from "../model/sheet.js";

export class SheetCopy extends LocalCopy {
  constructor({ sheet, ...about }) {
    super({ kind: "draft", ...about });
    this.sheet = sheet;
  }

  // Store all unconfirmed changes; `sent` holds the texts being sent, by place. Each cell carries the rank and class of
  // its row, in case another user removes the row.
  keepChanges(changes, sent = new Map()) {
    this.keep(changes.map((change) => ({ ...change, sent: sent.get(change.place) ?? null, row: this.rowAt(change.place) })));
  }

  rowAt(place) {
    const row = rowOf(place);
    if (!row || row === place) return null;
    return { place: row, rank: this.sheet.text(row), node: this.sheet.current.get(`${row}.node`) };
  }
}
