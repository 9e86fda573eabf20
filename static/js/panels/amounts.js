// Show, under each amount, its value in the unit of the edition if the text has a unit, separators or full-width
// digits; and after it that unit, faint while the cell is blank. Rule B4 asks about 元 typed for 万元.
// A large amount is shown with separators while its field has no focus: over the field, whose own text stays as typed.

import { setText } from "../elements.js";
import { figure, readAmount, separated, unitAfter } from "../model/money.js";
import { message } from "../messages.js";

export class Amounts {
  constructor({ form, table, unit }) {
    Object.assign(this, { table, unit });
    this.fields = [...form.querySelectorAll("[data-amount]")];
    for (const field of this.fields) this.addConversion(field);
    form.addEventListener("table:changed", ({ detail }) => {
      if (detail.changes.some(({ place }) => place.startsWith("amounts["))) this.update();
    });
    this.update();
  }

  addConversion(field) {
    const conversion = document.createElement("span");
    conversion.className = "converted";
    this.table.notes.get(this.table.place(field)).closest(".cell-note").before(conversion);
  }

  update() {
    for (const field of this.fields) {
      this.showSeparated(field);
      this.showUnit(field);
      this.showConverted(field);
    }
  }

  showSeparated(field) {
    const text = separated(field.value);
    setText(field.nextElementSibling, text);
    field.toggleAttribute("data-grouped", text !== "");
  }

  // Hide the unit after a text that has its own unit or is not a number.
  showUnit(field) {
    const text = field.value.normalize("NFKC").trim();
    const unit = field.closest(".with-unit").querySelector(".unit");
    unit.classList.toggle("faint", !text);
    unit.hidden = text !== "" && !/\d$/.test(text);
  }

  conversionOf(field) {
    return field.closest("td").querySelector(".converted");
  }

  showConverted(field) {
    const { fen, isPlain } = readAmount(field.value, this.unit);
    const isShown = typeof fen === "bigint" && !isPlain;
    setText(this.conversionOf(field), isShown ? message("converted", { amount: figure(fen), unit: unitAfter(fen, this.unit) }) : "");
  }
}
