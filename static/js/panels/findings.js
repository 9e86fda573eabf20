// List of findings next to the table: replaced after each save, except while an explanation in it is being edited or a
// link or button in it is being pressed, whose click would be lost; with quick-fix buttons. On a phone, where the list is below the table, the bar links to it with its numbers.

import { setText } from "../elements.js";
import { message } from "../messages.js";

const MOST_COUNTS = 2;

export class Findings {
  constructor({ element, counts, form, table, sheet, history, toast, undo }) {
    Object.assign(this, { element, counts, table, sheet, history, toast, undo });
    this.html = null;
    this.pendingHtml = null;
    table.adopt(element, true);
    element.addEventListener("focusout", () => setTimeout(() => this.render()));
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(() => this.render()));
    form.addEventListener("click", (event) => this.clicked(event));
    sheet.addEventListener("change", ({ detail }) => this.updateExplanations(detail.changes));
    this.showCounts();
  }

  get isInUse() {
    return this.element.matches(":active") || this.isBeingEdited;
  }

  get isBeingEdited() {
    return document.activeElement?.tagName === "TEXTAREA" && this.element.contains(document.activeElement);
  }

  // Replace the list. The HTML is escaped by the server.
  show(html) {
    if (this.html === html) return;
    this.pendingHtml = html;
    if (!this.isInUse) this.render();
  }

  render() {
    if (this.pendingHtml === null || this.isInUse) return;
    this.html = this.pendingHtml;
    this.pendingHtml = null;
    this.element.innerHTML = this.html;
    this.table.adopt(this.element, false);
    for (const field of this.fields()) this.syncExplanation(field);
    this.showCounts();
  }

  // The first groups are the most severe; the bar has room for two.
  showCounts() {
    const heads = [...this.element.querySelectorAll(".finding-group h3")].slice(0, MOST_COUNTS);
    setText(this.counts, heads.map((head) => head.textContent.trim().replace(/\s+/g, " ")).join(" · "));
  }

  fields() {
    return this.element.querySelectorAll(".explanation .cell");
  }

  // Synchronize an explanation: the text on the page is newer than the list; an unknown one is stored.
  syncExplanation(field) {
    const place = this.table.place(field);
    if (this.sheet.current.has(place)) field.value = this.sheet.text(place);
    else this.table.record(place, field.value, field);
  }

  // Update displayed explanations. The sheet keeps those of findings no longer listed: they may reappear.
  updateExplanations(changes) {
    for (const { place, after } of changes) {
      const field = place.startsWith("explanations[") && this.table.field(place);
      if (field && field.isConnected && field.value !== after) field.value = after;
    }
  }

  clicked(event) {
    const button = event.target.closest(".quick-fix");
    if (!button) return;
    event.preventDefault();
    const changes = this.sheet.apply(JSON.parse(button.dataset.changes));
    if (!changes.length) return;
    this.history.push(changes, changes[0].place);
    this.toast.show(changes.length > 1 ? message("several_fixed", { count: changes.length }) : message("fixed"), message("undo"), () => this.undo());
    this.table.focus(changes[0].place, { atEnd: true });
  }
}
