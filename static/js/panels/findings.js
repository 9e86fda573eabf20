// The list of what was found, beside the table: drawn anew after each save, but never under the hands of somebody who is
// writing an explanation in it; and the buttons that make a certain mend.

import { words } from "../messages.js";

export class Found {
  constructor({ element, form, table, sheet, history, told, undo }) {
    Object.assign(this, { element, table, sheet, history, told, undo });
    this.html = null;
    this.waiting = null;
    table.adopt(element, true);
    element.addEventListener("focusout", () => setTimeout(() => this.catchUp()));
    form.addEventListener("click", (event) => this.clicked(event));
    sheet.addEventListener("change", ({ detail }) => this.follow(detail.changes));
  }

  get isWrittenIn() {
    return document.activeElement?.tagName === "TEXTAREA" && this.element.contains(document.activeElement);
  }

  // The sentences are the server's, escaped there.
  show(html) {
    if (this.html === html) return;
    this.waiting = html;
    if (!this.isWrittenIn) this.catchUp();
  }

  catchUp() {
    if (this.waiting === null || this.isWrittenIn) return;
    this.html = this.waiting;
    this.waiting = null;
    this.element.innerHTML = this.html;
    this.table.adopt(this.element, false);
    for (const field of this.fields()) this.meet(field);
  }

  fields() {
    return this.element.querySelectorAll(".explanation .cell");
  }

  // What the page holds of an explanation is newer than what came with the list; one that it does not know is stored.
  meet(field) {
    const place = this.table.place(field);
    if (this.sheet.now.has(place)) field.value = this.sheet.text(place);
    else this.table.know(place, field.value, field);
  }

  // A finding that shows no field any more keeps its text in the model: it may come back.
  follow(changes) {
    for (const { place, after } of changes) {
      const field = place.startsWith("explanations[") && this.table.field(place);
      if (field && field.isConnected && field.value !== after) field.value = after;
    }
  }

  clicked(event) {
    const button = event.target.closest(".mend");
    if (!button) return;
    event.preventDefault();
    const wanted = JSON.parse(button.dataset.changes);
    const changes = this.sheet.take(wanted);
    if (!changes.length) return;
    this.history.push(changes, changes[0].place);
    this.told.say(words("mended"), words("undo"), () => this.undo());
    this.table.focus(changes[0].place, { atEnd: true });
  }
}
