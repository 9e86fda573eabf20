// The sums beside the table, live: each split of the total with the size and the direction of its gap, and a button that
// puts the gap on a line.

import { write } from "./made.js";
import { figure, parse } from "./money.js";
import { words } from "./words.js";

// 0.005 万元, the same as in rules/budget.py.
const TOLERANCE = 5000n;

function sentence(state, gap) {
  if (state === "gap") return gap < 0n ? "short" : "over";
  return { unreadable: "unreadable_sum", blank: "not_filled" }[state] ?? state;
}

export class Sums {
  constructor({ form, element, sheet, table, history, told }) {
    Object.assign(this, { element, sheet, table, history, told });
    this.unit = element.dataset.unit;
    this.total = element.dataset.total;
    this.splits = [...element.querySelectorAll(".split")].map((row) => ({ row, lines: row.dataset.lines.split(" ") }));
    this.touched = [];
    form.addEventListener("table:changed", ({ detail }) => {
      const lines = detail.changes.filter(({ place }) => place.startsWith("amounts[")).map(({ place }) => place.slice(8, -1));
      this.touched.push(...lines);
      if (lines.length) this.follow();
    });
    for (const split of this.splits) {
      split.row.querySelector("button").addEventListener("click", () => this.putGap(split));
    }
    this.follow();
  }

  amount(line) {
    return parse(this.sheet.text(`amounts[${line}]`), this.unit);
  }

  follow() {
    const total = this.amount(this.total);
    write(this.element.querySelector(".total .sum"), typeof total === "bigint" ? figure(total) : "—");
    for (const split of this.splits) this.show(split, this.state(split, total));
  }

  // state: unreadable, blank, holds or gap; gap: the sum less the total.
  state({ lines }, total) {
    const parts = lines.map((line) => this.amount(line));
    const sum = parts.reduce((whole, part) => whole + (part ?? 0n), 0n);
    if (total === undefined || parts.includes(undefined)) return { state: "unreadable", sum };
    if (!total && parts.every((part) => part === null)) return { state: "blank", sum };
    const gap = sum - (total ?? 0n);
    const isHeld = gap <= TOLERANCE && gap >= -TOLERANCE;
    return { state: isHeld ? "holds" : "gap", sum, gap };
  }

  show(split, { state, sum, gap }) {
    const { row } = split;
    if (row.className !== `split ${state}`) row.className = `split ${state}`;
    write(row.querySelector(".sum"), figure(sum));
    const size = gap && figure(gap < 0n ? -gap : gap);
    write(row.querySelector(".gap"), words(sentence(state, gap), { gap: size, unit: this.unit }));
    const line = state === "gap" ? this.lineFor(split, gap) : undefined;
    const button = row.querySelector("button");
    button.hidden = line === undefined;
    if (line !== undefined) write(button, words("put_gap", { line: this.nameOf(line) }));
  }

  // The only blank line, else the one that was written in last, else the last; the gap must leave it no less than nothing.
  lineFor({ lines }, gap) {
    const takes = (line) => (this.amount(line) ?? 0n) - gap >= 0n;
    const written = [...this.touched].reverse().find((line) => lines.includes(line) && takes(line));
    const blank = lines.filter((line) => this.amount(line) === null && takes(line));
    return (blank.length === 1 ? blank[0] : written) ?? blank[0] ?? [...lines].reverse().find(takes);
  }

  nameOf(line) {
    return this.table.field(`amounts[${line}]`).getAttribute("aria-label").split("，")[0];
  }

  putGap(split) {
    const { gap } = this.state(split, this.amount(this.total));
    const line = gap === undefined ? undefined : this.lineFor(split, gap);
    if (line === undefined) return;
    const place = `amounts[${line}]`;
    const amount = figure((this.amount(line) ?? 0n) - gap);
    this.history.push(this.sheet.take([{ place, after: amount }]), place);
    this.told.say(words("gap_put", { line: this.nameOf(line), amount, unit: this.unit }));
    this.table.focus(place, { atEnd: true });
  }
}
