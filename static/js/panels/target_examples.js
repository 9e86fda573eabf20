// Measurable examples for a vague target: each can be applied with one click and undone.

import { rowOf } from "../model/sheet.js";
import { message } from "../messages.js";

export class TargetExamples {
  constructor({ form, sheet, table, history, toast, undo }) {
    Object.assign(this, { form, sheet, table, history, toast, undo });
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-show-examples]");
      const example = event.target.closest("[data-example]");
      if (button) this.load(button.closest("td"));
      else if (example) this.take(example);
    });
    form.addEventListener("table:changed", ({ detail }) => {
      for (const { place } of detail.changes) if (place.endsWith(".target")) this.close(this.table.field(place));
    });
  }

  async load(cell) {
    const field = cell.querySelector(".cell");
    const place = this.table.place(field);
    const row = rowOf(place);
    const query = new URLSearchParams({
      kind: "target", node: this.sheet.text(`${row}.node`), name: this.sheet.text(`${row}.name`), q: "",
    });
    let examples = [];
    try {
      const response = await fetch(`${this.form.dataset.page}suggestions/?${query}`);
      if (response.ok) examples = (await response.json()).suggestions;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    this.show(field, place, examples.filter(({ values }) => values.length));
  }

  show(field, place, examples) {
    this.close(field);
    if (!examples.length) return this.toast.show(message("no_examples"));
    const list = document.createElement("span");
    list.className = "choices examples";
    for (const { name, values, source } of examples) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "choice" });
      Object.assign(button.dataset, { example: values[0], place });
      button.textContent = values[0];
      const origin = Object.assign(document.createElement("span"), { className: "hint" });
      origin.textContent = message("example_source", { name, source });
      list.append(button, origin);
    }
    field.closest("td").querySelector(".cell-note").append(list);
    list.querySelector("button").focus();
  }

  take({ dataset }) {
    const changes = this.sheet.apply([{ place: dataset.place, after: dataset.example }]);
    if (!changes.length) return;
    this.history.push(changes, dataset.place);
    this.toast.show(message("fixed"), message("undo"), () => this.undo());
    this.table.focus(dataset.place, { atEnd: true });
  }

  close(field) {
    field?.closest("td").querySelector(".examples")?.remove();
  }
}
