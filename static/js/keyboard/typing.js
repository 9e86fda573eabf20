// What is typed into a field becomes a change of its place; nothing of it while an input method composes.

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
      // Whoever leaves a field has composed, whether the browser says so or not.
      if (this.isComposing) this.composed(target);
      this.history.close();
    });
  }

  composed(field) {
    this.isComposing = false;
    this.typed(field);
    this.dispatchEvent(new Event("rested"));
  }

  // Resolves when nothing is being composed.
  async rest() {
    while (this.isComposing) await new Promise((resolve) => this.addEventListener("rested", resolve, { once: true }));
  }

  typed(field) {
    const place = this.table.place(field);
    if (!place || field.tagName === "SELECT") return;
    const changes = this.sheet.take([{ place, after: field.value }], "typing");
    if (changes.length) this.history.typed(changes);
  }
}
