// Where a pasted block of tasks lands: names, contents and amounts in the rows from the caret on, then in new ones; a line
// of the total in the total.

import { budgetLineIn, form, taskColumnOf } from "../model/edition.js";
import { finished } from "./plan_result.js";
import { spread } from "../model/ranks.js";
import { newRow, rowOf } from "../model/sheet.js";

export function intoTasks({ cells }, place, sheet) {
  const columns = columnsOf(cells, place.split("].")[1]);
  const wanted = [];
  const left = [];
  const lines = [];
  for (const cellsOfRow of cells.filter((row) => !isHead(row) && row.some((text) => text?.trim()))) {
    const texts = cellsOfRow.map((text) => text?.trim() ?? "");
    if (isTotal(texts)) wanted.push({ place: `amounts[${form.total}]`, after: totalIn(texts) });
    else {
      lines.push(texts);
      left.push(...texts.filter((text, at) => text && ![...columns.values()].includes(at)));
    }
  }
  const { rows, made } = rowsFor(lines.length, rowOf(place), sheet);
  const now = sheet.rows("tasks").length;
  if (now + made.length > form.most.tasks) return { tooMany: { count: lines.length, now, most: form.most.tasks } };
  const put = lines.flatMap((texts, number) =>
    [...columns].map(([column, at]) => ({ place: `${rows[number]}.${column}`, after: texts[at] ?? "" })));
  return finished(sheet, [...made, ...put, ...wanted], left, made.length);
}

const isHead = (row) => row.filter(taskColumnOf).length >= 2;

// By the heads, else from the caret's column on.
function columnsOf(cells, from) {
  const heads = cells.find(isHead);
  if (heads) return new Map(heads.map((text, at) => [taskColumnOf(text), at]).filter(([column]) => form.tasks.includes(column)));
  const filled = cells[0].map((_, at) => at).filter((at) => cells.some((row) => row[at]?.trim()));
  return new Map(form.tasks.slice(form.tasks.indexOf(from)).map((column, number) => [column, filled[number]]).filter(([, at]) => at !== undefined));
}

function isTotal(texts) {
  const [first] = texts.filter(Boolean);
  return budgetLineIn(first).line === form.total && Boolean(totalIn(texts));
}

function totalIn(texts) {
  const [first, ...others] = texts.filter(Boolean);
  return budgetLineIn(first).amount || (others.at(-1) ?? "");
}

// As many rows as are wanted, from a row on; `made` are the ranks of those that are new, behind the last.
function rowsFor(count, from, sheet) {
  const all = sheet.rows("tasks");
  const rows = all.slice(all.indexOf(from), all.indexOf(from) + count);
  const added = Array.from({ length: count - rows.length }, () => newRow("tasks"));
  const ranks = spread(all.length ? sheet.text(all.at(-1)) : "", "", added.length);
  return { rows: [...rows, ...added], made: added.map((row, at) => ({ place: row, after: ranks[at] })) };
}
