// The sums beside the table, live: each split of the total with the size and the direction of its gap.

import { figure, parse } from "./money.js";

// 0.005 万元, the same as in rules/budget.py.
const TOLERANCE = 5000n;

export function followSums(form) {
  const fields = new Map(
    [...form.querySelectorAll("[data-amount]")].map((field) => [field.name.replace(/^amounts-/, ""), field]),
  );
  const follow = () => showSums(document.getElementById("sums"), fields);
  form.addEventListener("input", (event) => {
    if ("amount" in event.target.dataset) follow();
  });
  follow();
  return follow;
}

function showSums(table, fields) {
  const words = table.dataset;
  const amount = (line) => parse(fields.get(line)?.value ?? "", words.unit);
  const total = amount(words.total);
  table.querySelector(".total .sum").textContent = typeof total === "bigint" ? figure(total) : "—";
  for (const row of table.querySelectorAll(".split")) {
    const parts = row.dataset.lines.split(" ").map(amount);
    const sum = parts.reduce((whole, part) => whole + (part ?? 0n), 0n);
    const [state, said] = verdict(total, parts, sum, words);
    row.className = `split ${state}`;
    row.querySelector(".sum").textContent = figure(sum);
    row.querySelector("td.gap").textContent = said;
  }
}

function verdict(total, parts, sum, words) {
  if (total === undefined || parts.includes(undefined)) return ["unreadable", words.unreadable];
  if (!total && parts.every((part) => part === null)) return ["blank", words.blank];
  const gap = sum - (total ?? 0n);
  const size = gap < 0n ? -gap : gap;
  if (size <= TOLERANCE) return ["holds", words.holds];
  return ["gap", `${gap < 0n ? words.short : words.over} ${figure(size)}`];
}
