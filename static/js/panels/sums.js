// The sums beside the table, live: each split of the total, and the tasks, with the size and the direction of the gap, and
// a button that closes it: on a line of the split, or in the total where the tasks alone make it.

import { write } from "../elements.js";
import { figure, parse } from "../model/money.js";
import { words } from "../messages.js";

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
    this.totalName = element.querySelector(".total th").textContent;
    // Without lines it is the tasks that are added up.
    this.splits = [...element.querySelectorAll(".split")].map((row) => ({ row, lines: row.dataset.lines?.split(" ") }));
    this.touched = [];
    form.addEventListener("table:changed", ({ detail }) => {
      const places = detail.changes.map(({ place }) => place).filter((place) => /^amounts\[|^tasks\[/.test(place));
      this.touched.push(...places.filter((place) => place.startsWith("amounts[")).map((place) => place.slice(8, -1)));
      if (places.length) this.follow();
    });
    for (const split of this.splits) {
      split.row.querySelector("button").addEventListener("click", () => (split.lines ? this.putGap(split) : this.putSum(split)));
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

  parts({ lines }) {
    if (lines) return lines.map((line) => this.amount(line));
    return this.sheet.rows("tasks").map((row) => parse(this.sheet.text(`${row}.amount`), this.unit));
  }

  // state: unreadable, blank, holds or gap; gap: the sum less the total.
  state(split, total) {
    const parts = this.parts(split);
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
    write(row.querySelector(".gap"), words(sentence(state, gap), { gap: size, unit: this.unit, total: this.totalName }));
    const button = row.querySelector("button");
    if (!split.lines) return this.offerSum(button, state, sum);
    const line = state === "gap" ? this.lineFor(split, gap) : undefined;
    button.hidden = line === undefined;
    if (line !== undefined) write(button, words("put_gap", { line: this.nameOf(line) }));
  }

  offerSum(button, state, sum) {
    button.hidden = state !== "gap" || this.splits.length > 1;
    if (!button.hidden) write(button, words("put_sum", { total: this.totalName, amount: figure(sum), unit: this.unit }));
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
    if (line !== undefined) this.put(line, figure((this.amount(line) ?? 0n) - gap));
  }

  putSum(split) {
    const { state, sum } = this.state(split, this.amount(this.total));
    if (state === "gap") this.put(this.total, figure(sum));
  }

  put(line, amount) {
    const place = `amounts[${line}]`;
    this.history.push(this.sheet.take([{ place, after: amount }]), place);
    this.told.say(words("gap_put", { line: this.nameOf(line), amount, unit: this.unit }));
    this.table.focus(place, { atEnd: true });
  }
}
