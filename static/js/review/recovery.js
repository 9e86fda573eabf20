// Offer what a closed window has left in this browser and not stored.

import { message, quoted } from "../messages.js";

const MOST_LINES = 5;

export class DraftRecovery {
  constructor({ element, fields, copy, autosave }) {
    Object.assign(this, { element, fields, copy, autosave });
    element.querySelector("[data-restore]").addEventListener("click", () => this.restore());
    element.querySelector("[data-discard]").addEventListener("click", () => this.discard());
  }

  // Offer the oldest copy that differs from the page. Blank texts are no loss.
  async offerNext() {
    this.element.hidden = true;
    const current = this.fields.current();
    for (const copy of await this.copy.orphans()) {
      this.orphan = copy;
      this.cells = copy.cells.filter(({ name, text }) => text && text !== current.get(name));
      if (this.cells.length) return this.show(new Date(copy.at));
      this.copy.remove(copy.key);
    }
  }

  show(savedAt) {
    const time = savedAt
      .toLocaleString("zh-CN", { month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" })
      .replace("/", "-");
    const texts = this.cells.filter(({ name }) => /^(?:remark:|reason|exception_reason|score-note:)/.test(name));
    this.element.querySelector("h2").textContent = message("recovery_found", { time, count: texts.length || this.cells.length });
    const items = texts.slice(0, MOST_LINES).map(({ text }) => {
      const item = document.createElement("li");
      item.textContent = quoted(text);
      return item;
    });
    this.element.querySelector("ul").replaceChildren(...items);
    this.element.hidden = false;
  }

  restore() {
    this.fields.apply(this.cells.map(({ name, text }) => [name, text]));
    this.autosave.saveNow();
    this.discard();
  }

  discard() {
    this.copy.remove(this.orphan.key);
    this.offerNext();
  }
}
