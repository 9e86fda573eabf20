// What is typed into a field becomes a change of its place; nothing of it while an input method composes.

export class Typing {
  constructor(form, sheet, table, history) {
    this.table = table;
    this.sheet = sheet;
    this.history = history;
    this.isComposing = false;
    form.addEventListener("compositionstart", () => { this.isComposing = true; });
    form.addEventListener("compositionend", ({ target }) => {
      this.isComposing = false;
      this.typed(target);
    });
    form.addEventListener("input", (event) => {
      if (!this.isComposing && !event.isComposing) this.typed(event.target);
    });
    form.addEventListener("focusout", () => this.history.close());
  }

  typed(field) {
    const place = this.table.place(field);
    if (!place || field.tagName === "SELECT") return;
    const changes = this.sheet.take([{ place, after: field.value }], "typing");
    if (changes.length) this.history.typed(changes);
  }
}
