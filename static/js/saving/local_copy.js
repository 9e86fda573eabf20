// What is typed and not yet confirmed, kept in this browser: one copy for each person, filing and open window.
// A copy whose window is gone is what a crash, a lost network or an expired login has left: it is offered again.

import { rowOf } from "../model/sheet.js";

const PREFIX = "perf-targets-draft";

export class LocalCopy {
  constructor({ person, filing, window: name, sheet }) {
    this.sheet = sheet;
    this.mine = `${PREFIX}/${person}/${filing}/`;
    this.key = `${this.mine}${name}`;
    this.isKept = false;
    // Held as long as this page lives, so that another window can tell that this copy has its owner.
    navigator.locks?.request(this.key, () => new Promise(() => {}));
  }

  // `changes` are all that is not confirmed, `sent` what is under way to the server, by place. With a cell goes where its
  // row stands, should another remove it.
  keep(changes, sent = new Map()) {
    if (!changes.length) return this.drop();
    const cells = changes.map((change) => ({ ...change, sent: sent.get(change.place) ?? null, row: this.rowAt(change.place) }));
    try {
      localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), cells }));
      this.isKept = true;
    } catch {
      // Full or forbidden: then the page alone holds it, and says so.
      this.isKept = false;
    }
  }

  rowAt(place) {
    const row = rowOf(place);
    if (!row || row === place) return null;
    return { place: row, rank: this.sheet.text(row), node: this.sheet.now.get(`${row}.node`) };
  }

  drop() {
    this.isKept = false;
    this.forget(this.key);
  }

  forget(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // Forbidden, so that there is nothing to forget.
    }
  }

  // Copies that windows now closed have left, oldest first: [{key, at, cells}].
  async orphans() {
    const { held = [] } = (await navigator.locks?.query()) ?? {};
    const living = new Set([this.key, ...held.map((lock) => lock.name)]);
    return this.keys().filter((key) => !living.has(key)).map((key) => this.read(key)).filter(Boolean)
      .sort((a, b) => a.at - b.at);
  }

  keys() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(this.mine));
    } catch {
      return [];
    }
  }

  read(key) {
    try {
      const { at, cells } = JSON.parse(localStorage.getItem(key));
      return { key, at, cells };
    } catch {
      return null;
    }
  }
}
