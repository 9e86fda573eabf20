// Live sums next to the table: each split of the total, and the tasks, with size and direction of the gap and a button
// that closes it: in a line of the split, or in the total if only the tasks add up to it.

import { setText } from "../elements.js";
import { cellText, figure, inYi, parse, unitAfter } from "../model/money.js";
import { message } from "../messages.js";

// 0.005 万元, as in rules/money/budget.py.
const TOLERANCE = 5000n;

// A blank or invalid total is "—"; above 1 亿元 the amount is repeated below in 亿元.
function showAmount(cell, fen) {
  const isAmount = typeof fen === "bigint";
  setText(cell.querySelector(".figure"), isAmount ? figure(fen) : "—");
  setText(cell.querySelector(".in-yi"), isAmount ? inYi(fen) : "");
}

function messageName(state, gap) {
  if (state === "gap" || state === "open") return gap < 0n ? "short" : "over";
  return { unreadable: "unreadable_sum", blank: "blank_sum" }[state] ?? state;
}

function isUnequal(state) {
  return state === "gap" || state === "open";
}

export class Sums {
  constructor({ form, element, sheet, table, history, toast }) {
    Object.assign(this, { element, sheet, table, history, toast });
    this.unit = element.dataset.unit;
    this.total = element.dataset.total;
    this.totalName = element.querySelector(".total th").textContent;
    // A row without lines adds up the tasks.
    this.splits = [...element.querySelectorAll(".split")].map((row) => ({ row, lines: row.dataset.lines?.split(" ") }));
    this.editedLines = [];
    form.addEventListener("table:changed", ({ detail }) => {
      const places = detail.changes.map(({ place }) => place).filter((place) => /^amounts\[|^tasks\[/.test(place));
      this.editedLines.push(...places.filter((place) => place.startsWith("amounts[")).map((place) => place.slice(8, -1)));
      if (places.length) this.update();
    });
    for (const split of this.splits) {
      split.row.querySelector("button").addEventListener("click", () => (split.lines ? this.assignGap(split) : this.setTotal(split)));
    }
    this.update();
  }

  amount(line) {
    return parse(this.sheet.text(`amounts[${line}]`), this.unit);
  }

  update() {
    const total = this.amount(this.total);
    showAmount(this.element.querySelector(".total .sum"), total);
    for (const split of this.splits) this.show(split, this.state(split, total));
  }

  parts({ lines }) {
    if (lines) return lines.map((line) => this.amount(line));
    return this.sheet.rows("tasks").map((row) => parse(this.sheet.text(`${row}.amount`), this.unit));
  }

  // Return state, sum and gap. state: unreadable, blank, holds, gap or open (short, with amounts still to be filled in);
  // gap: the sum minus the total, in 分.
  state(split, total) {
    const parts = this.parts(split);
    const sum = parts.reduce((whole, part) => whole + (part ?? 0n), 0n);
    if (total === undefined || parts.includes(undefined)) return { state: "unreadable", sum };
    if (!total && parts.every((part) => part === null)) return { state: "blank", sum };
    const gap = sum - (total ?? 0n);
    const isEqual = gap <= TOLERANCE && gap >= -TOLERANCE;
    const isOpen = gap < 0n && (!split.lines || parts.includes(null));
    return { state: isEqual ? "holds" : isOpen ? "open" : "gap", sum, gap };
  }

  show(split, { state, sum, gap }) {
    const { row } = split;
    if (row.className !== `split ${state}`) row.className = `split ${state}`;
    showAmount(row.querySelector(".sum"), sum);
    setText(row.querySelector(".gap"), message(messageName(state, gap), { ...this.amountWords(gap), total: this.totalName }));
    const button = row.querySelector("button");
    if (!split.lines) return this.offerSum(button, state, sum);
    const line = isUnequal(state) ? this.lineFor(split, gap) : undefined;
    button.hidden = line === undefined;
    if (line !== undefined) setText(button, message("assign_gap", { line: this.nameOf(line) }));
  }

  // The size of a gap and its unit, as messages name them.
  amountWords(gap = 0n) {
    const size = gap < 0n ? -gap : gap;
    return { gap: figure(size), unit: unitAfter(size, this.unit) };
  }

  offerSum(button, state, sum) {
    button.hidden = !isUnequal(state) || this.splits.length > 1;
    if (!button.hidden) setText(button, message("set_total", { total: this.totalName, amount: figure(sum), unit: this.unit }));
  }

  // Choose the line that takes the gap: the only blank one, else the last edited, else the last; its amount must not
  // become negative.
  lineFor({ lines }, gap) {
    const fits = (line) => (this.amount(line) ?? 0n) - gap >= 0n;
    const written = [...this.editedLines].reverse().find((line) => lines.includes(line) && fits(line));
    const blank = lines.filter((line) => this.amount(line) === null && fits(line));
    return (blank.length === 1 ? blank[0] : written) ?? blank[0] ?? [...lines].reverse().find(fits);
  }

  nameOf(line) {
    return this.table.field(`amounts[${line}]`).getAttribute("aria-label").split("，")[0];
  }

  assignGap(split) {
    const { gap } = this.state(split, this.amount(this.total));
    const line = gap === undefined ? undefined : this.lineFor(split, gap);
    if (line !== undefined) this.setAmount(line, (this.amount(line) ?? 0n) - gap);
  }

  setTotal(split) {
    const { state, sum } = this.state(split, this.amount(this.total));
    if (isUnequal(state)) this.setAmount(this.total, sum);
  }

  setAmount(line, fen) {
    const place = `amounts[${line}]`;
    this.history.push(this.sheet.apply([{ place, after: cellText(fen) }]), place);
    this.toast.show(message("amount_set", { line: this.nameOf(line), amount: figure(fen), unit: this.unit }));
    this.table.focus(place, { atEnd: true });
  }
}
