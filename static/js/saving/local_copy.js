// Unconfirmed edits kept in this browser: one copy per user, filing and open window. A copy whose window is closed was
// left by a crash, a lost network or an expired login; it is offered for recovery.

export class LocalCopy {
  // `kind` distinguishes the copies of different pages.
  constructor({ kind, user, filing, window: windowId }) {
    this.prefix = `perf-targets-${kind}/${user}/${filing}/`;
    this.key = `${this.prefix}${windowId}`;
    this.isStored = false;
    // A lock held while this page is open marks the copy as in use.
    navigator.locks?.request(this.key, () => new Promise(() => {}));
  }

  // Store the edits that are not confirmed; without any, the copy is removed.
  keep(cells) {
    if (!cells.length) return this.drop();
    try {
      localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), cells }));
      this.isStored = true;
    } catch {
      // Storage is full or disabled: the edits exist on the page alone, which the status line shows.
      this.isStored = false;
    }
  }

  drop() {
    this.isStored = false;
    this.remove(this.key);
  }

  remove(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // Storage is disabled: there is nothing to remove.
    }
  }

  // Return the copies of closed windows, oldest first: [{key, at, cells}].
  async orphans() {
    const { held = [] } = (await navigator.locks?.query()) ?? {};
    const openKeys = new Set([this.key, ...held.map((lock) => lock.name)]);
    return this.keys().filter((key) => !openKeys.has(key)).map((key) => this.read(key)).filter(Boolean)
      .sort((a, b) => a.at - b.at);
  }

  keys() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(this.prefix));
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
