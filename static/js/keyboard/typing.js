// Turn typing into changes of the sheet, except while an input method composes.

export class Typing extends EventTarget {
  constructor(form, sheet, table, history) {
    super();
    this.table = table;
    this.sheet = sheet;
    this.history = history;
    this.isComposing = false;
    form.addEventListener("compositionstart", () => { this.isComposing = true; });
    form.addEventListener("compositionend", ({ target }) => this.composed(target));
    form.addEventListener("input", (event) => {
      if (!this.isComposing && !event.isComposing) this.typed(event.target);
    });
    form.addEventListener("focusout", ({ target }) => {
      // Leaving a field ends composition, even if the browser fires no event.
      if (this.isComposing) this.composed(target);
      this.history.close();
    });
  }

  composed(field) {
    this.isComposing = false;
    this.typed(field);
    this.dispatchEvent(new Event("composed"));
  }

  // Resolve when no composition is in progress.
  async compositionEnd() {
    while (this.isComposing) await new Promise((resolve) => this.addEventListener("composed", resolve, { once: true }));
  }

  typed(field) {
    const place = this.table.place(field);
    if (!place || field.tagName === "SELECT") return;
    const changes = this.sheet.apply([{ place, after: field.value }], "typing");
    if (changes.length) this.history.recordTyping(changes);
  }
}
