// Under an amount: what a text with a unit, separators or full-width digits comes to in the form's own unit; and whether
// 元 were typed where 万元 are meant. Behind it the form's unit, faint while nothing is written.

import { button, write } from "./made.js";
import { figure, looksLikeYuan, readAmount } from "./money.js";
import { words } from "./words.js";

export class Amounts {
  constructor({ form, sheet, table, history, unit, splits, total }) {
    Object.assign(this, { sheet, table, history, unit, splits, total });
    this.kept = new Map();
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

  read(line) {
    return readAmount(this.sheet.text(`amounts[${line}]`), this.unit);
  }

  follow() {
    for (const field of this.fields) {
      this.showUnit(field);
      this.showConverted(field);
    }
    this.askAboutYuan();
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

  askAboutYuan() {
    const total = this.read(this.total).fen;
    for (const { lines } of this.splits) {
      const parts = lines.map((line) => this.read(line).fen);
      const found = looksLikeYuan(parts, total);
      if (found === null) continue;
      this.askAt(found === "total" ? this.total : lines[found]);
      if (found === "total") return;
    }
  }

  askAt(line) {
    const place = `amounts[${line}]`;
    const text = this.sheet.text(place);
    const { fen, isPlain } = this.read(line);
    if (!isPlain || this.kept.get(place) === text) return;
    const amount = figure(fen / 10_000n);
    const mend = button(words("mend_yuan", { amount, unit: this.unit }), "choice", () => {
      this.history.push(this.sheet.take([{ place, after: amount.replace(/\.?0+$/, "") }]), place);
    });
    const keep = button(words("keep_yuan"), "choice", () => {
      this.kept.set(place, text);
      this.follow();
    });
    this.lineOf(this.table.field(place)).replaceChildren(words("is_it_yuan"), " ", mend, " ", keep);
  }
}
