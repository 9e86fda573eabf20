// Hint in the note of each target showing how the server parsed it (updated with each save), and three inputs that correct it:
// comparator, number, unit.

import { setText } from "../elements.js";
import { message } from "../messages.js";

const COMPARATORS = ["≥", "≤", "=", ">", "<", ""];

export class TargetHints {
  constructor({ form, sheet, table, history }) {
    Object.assign(this, { sheet, table, history });
    this.open = null;
    form.addEventListener("click", ({ target }) => {
      const hint = target.closest(".target-hint");
      if (hint?.textContent && !target.closest("[data-show-examples]")) this.choose(hint);
    });
    form.addEventListener("table:changed", ({ detail }) => {
      for (const { place } of detail.changes) if (place.endsWith(".target")) this.clear(place);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.open) this.close(true);
    });
    document.addEventListener("click", ({ target, defaultPrevented }) => {
      if (defaultPrevented || !this.open) return;
      if (!this.open.choices.contains(target) && !target.closest(".target-hint")) this.close();
    });
  }

  hintOf(place) {
    const field = this.table.field(place);
    return field && document.getElementById(`${field.id}-hint`);
  }

  // Clear a hint until the server has parsed the new text.
  clear(place) {
    const hint = this.hintOf(place);
    const text = this.sheet.text(place).trim() ? "…" : "";
    if (hint) setText(hint, text);
  }

  // Replace hints: HTML by element id, from the server.
  show(lines) {
    for (const [id, html] of Object.entries(lines)) {
      const hint = document.getElementById(id);
      if (hint) hint.outerHTML = html;
    }
  }

  chooseAt(place) {
    const hint = this.hintOf(place);
    // The focus opens the note of the cell.
    this.table.focus(place);
    if (hint?.textContent) this.choose(hint);
  }

  choose(hint) {
    this.close();
    const cell = hint.closest("td");
    const place = this.table.place(cell.querySelector(".cell"));
    const { comparator, number, unit } = hint.dataset;
    const choices = document.createElement("span");
    choices.className = "choices";
    const fields = [this.comparators(comparator), this.input("number", number, Math.max(5, number.length)), this.input("unit", unit, 4)];
    fields[1].className = "whole";
    choices.append(...fields);
    hint.after(choices);
    for (const field of fields) field.addEventListener("change", () => this.write(place, fields));
    choices.addEventListener("focusout", ({ relatedTarget }) => {
      if (!choices.contains(relatedTarget)) setTimeout(() => this.open?.choices === choices && this.close());
    });
    this.open = { choices, place };
    fields[0].focus();
  }

  comparators(chosen) {
    const select = document.createElement("select");
    select.setAttribute("aria-label", message("comparator"));
    for (const sign of COMPARATORS) select.add(new Option(sign || message("no_comparator"), sign, false, sign === chosen));
    return select;
  }

  input(name, value, size) {
    const field = document.createElement("input");
    Object.assign(field, { value, size, type: "text", autocomplete: "off" });
    field.setAttribute("aria-label", message(name));
    field.placeholder = message(name);
    return field;
  }

  write(place, [comparator, number, unit]) {
    if (!number.value.trim()) return;
    const after = `${comparator.value}${number.value.trim()}${unit.value.trim()}`;
    const changes = this.sheet.apply([{ place, after }]);
    if (changes.length) this.history.push(changes, place);
  }

  close(returnsFocus = false) {
    if (!this.open) return;
    const { choices, place } = this.open;
    this.open = null;
    choices.remove();
    if (returnsFocus) this.table.focus(place);
  }
}
