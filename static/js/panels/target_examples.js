// A vague value: how others wrote one that can be measured, each to be taken with one click, and taken back like any step.

import { rowOf } from "../model/sheet.js";
import { words } from "../messages.js";

export class Measurable {
  constructor({ form, sheet, table, history, told, undo }) {
    Object.assign(this, { form, sheet, table, history, told, undo });
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-vague]");
      const offer = event.target.closest("[data-offer]");
      if (button) this.ask(button.closest("td"));
      else if (offer) this.take(offer);
    });
    form.addEventListener("table:changed", ({ detail }) => {
      for (const { place } of detail.changes) if (place.endsWith(".target")) this.close(this.table.field(place));
    });
  }

  async ask(cell) {
    const field = cell.querySelector(".cell");
    const place = this.table.place(field);
    const row = rowOf(place);
    const query = new URLSearchParams({
      kind: "target", node: this.sheet.text(`${row}.node`), name: this.sheet.text(`${row}.name`), q: "",
    });
    let found = [];
    try {
      const response = await fetch(`${this.form.dataset.page}suggestions/?${query}`);
      if (response.ok) found = (await response.json()).suggestions;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    this.show(field, place, found.filter(({ values }) => values.length));
  }

  show(field, place, found) {
    this.close(field);
    if (!found.length) return this.told.say(words("nobody_wrote"));
    const list = document.createElement("span");
    list.className = "choices offers";
    for (const { name, values, source } of found) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "choice" });
      Object.assign(button.dataset, { offer: values[0], place });
      button.textContent = values[0];
      const from = Object.assign(document.createElement("span"), { className: "hint" });
      from.textContent = words("as_in", { name, source });
      list.append(button, from);
    }
    field.closest("td").append(list);
    list.querySelector("button").focus();
  }

  take({ dataset }) {
    const changes = this.sheet.take([{ place: dataset.place, after: dataset.offer }]);
    if (!changes.length) return;
    this.history.push(changes, dataset.place);
    this.told.say(words("mended"), words("undo"), () => this.undo());
    this.table.focus(dataset.place, { atEnd: true });
  }

  close(field) {
    field?.closest("td").querySelector(".offers")?.remove();
  }
}
