// Under an amount: what a text with a unit, separators or full-width digits comes to in the form's own unit. Behind it the
// form's unit, faint while nothing is written. Whether 元 were typed for 万元, the rules ask (B4).

import { write } from "../elements.js";
import { figure, readAmount } from "../model/money.js";
import { words } from "../messages.js";

export class Amounts {
  constructor({ form, table, unit }) {
    Object.assign(this, { table, unit });
    this.fields = [...form.querySelectorAll("[data-amount]")];
    for (const field of this.fields) this.lineUnder(field);
    form.addEventListener("table:changed", ({ detail }) => {
      if (detail.changes.some(({ place }) => place.startsWith("amounts["))) this.follow();
    });
    this.follow();
  }

  lineUnder(field) {
    const line = document.createElement("span");
    line.className = "converted";
    this.table.notes.get(this.table.place(field)).before(line);
  }

  follow() {
    for (const field of this.fields) {
      this.showUnit(field);
      this.showConverted(field);
    }
  }

  // Gone behind a text that carries a unit of its own, or none that can be read.
  showUnit(field) {
    const text = field.value.normalize("NFKC").trim();
    const unit = field.parentElement.querySelector(".unit");
    unit.classList.toggle("faint", !text);
    unit.hidden = text !== "" && !/\d$/.test(text);
  }

  lineOf(field) {
    return field.closest("td").querySelector(".converted");
  }

  showConverted(field) {
    const { fen, isPlain } = readAmount(field.value, this.unit);
    const isShown = typeof fen === "bigint" && !isPlain;
    write(this.lineOf(field), isShown ? words("converted", { amount: figure(fen), unit: this.unit }) : "");
  }
}
