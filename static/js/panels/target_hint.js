// The quiet line under a target that says how it was understood, and three small choices that correct it: comparator,
// number, unit. The understanding is the server's and comes with each save.

import { write } from "../elements.js";
import { words } from "../messages.js";

const COMPARATORS = ["≥", "≤", "=", ">", "<", ""];

export class Targets {
  constructor({ form, sheet, table, history }) {
    Object.assign(this, { sheet, table, history });
    this.open = null;
    form.addEventListener("click", ({ target }) => {
      const line = target.closest(".understood");
      if (line?.textContent && !target.closest("[data-vague]")) this.choose(line);
    });
    form.addEventListener("table:changed", ({ detail }) => {
      for (const { place } of detail.changes) if (place.endsWith(".target")) this.forget(place);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.open) this.close(true);
    });
    document.addEventListener("click", ({ target, defaultPrevented }) => {
      if (defaultPrevented || !this.open) return;
      if (!this.open.choices.contains(target) && !target.closest(".understood")) this.close();
    });
  }

  lineOf(place) {
    const field = this.table.field(place);
    return field && document.getElementById(`${field.id}-understood`);
  }

  // Until the server has said how the new text is understood, nothing is claimed.
  forget(place) {
    const line = this.lineOf(place);
    const shown = this.sheet.text(place).trim() ? "…" : "";
    if (line) write(line, shown);
  }

  // `lines` are the server's, by their ids.
  show(lines) {
    for (const [id, html] of Object.entries(lines)) {
      const line = document.getElementById(id);
      if (line) line.outerHTML = html;
    }
  }

  chooseAt(place) {
    const line = this.lineOf(place);
    if (line?.textContent) this.choose(line);
  }

  choose(line) {
    this.close();
    const cell = line.closest("td");
    const place = this.table.place(cell.querySelector(".cell"));
    const { comparator, number, unit } = line.dataset;
    const choices = document.createElement("span");
    choices.className = "choices";
    const fields = [this.comparators(comparator), this.input("number", number, 5), this.input("unit", unit, 4)];
    choices.append(...fields);
    line.after(choices);
    for (const field of fields) field.addEventListener("change", () => this.write(place, fields));
    choices.addEventListener("focusout", ({ relatedTarget }) => {
      if (!choices.contains(relatedTarget)) setTimeout(() => this.open?.choices === choices && this.close());
    });
    this.open = { choices, place };
    fields[0].focus();
  }

  comparators(chosen) {
    const select = document.createElement("select");
    select.setAttribute("aria-label", words("comparator"));
    for (const sign of COMPARATORS) select.add(new Option(sign || words("no_comparator"), sign, false, sign === chosen));
    return select;
  }

  input(name, value, size) {
    const field = document.createElement("input");
    Object.assign(field, { value, size, type: "text", autocomplete: "off" });
    field.setAttribute("aria-label", words(name));
    field.placeholder = words(name);
    return field;
  }

  write(place, [comparator, number, unit]) {
    if (!number.value.trim()) return;
    const after = `${comparator.value}${number.value.trim()}${unit.value.trim()}`;
    const changes = this.sheet.take([{ place, after }]);
    if (changes.length) this.history.push(changes, place);
  }

  close(goesBack = false) {
    if (!this.open) return;
    const { choices, place } = this.open;
    this.open = null;
    choices.remove();
    if (goesBack) this.table.focus(place);
  }
}
