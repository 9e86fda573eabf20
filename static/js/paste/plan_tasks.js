// Plan pasting a block into the tasks: names, contents and amounts go into the rows from the caret on, then into new
// ones; a total line goes into the total.

import { budgetLineIn, edition, taskColumnOf } from "../model/edition.js";
import { planResult } from "./plan_result.js";
import { spread } from "../model/ranks.js";
import { newRow, rowOf } from "../model/sheet.js";

export function planTasks({ cells }, place, sheet) {
  const columns = columnsOf(cells, place.split("].")[1]);
  const wanted = [];
  const unplaced = [];
  const lines = [];
  for (const cellsOfRow of cells.filter((row) => !isHead(row) && row.some((text) => text?.trim()))) {
    const texts = cellsOfRow.map((text) => text?.trim() ?? "");
    if (isTotal(texts)) wanted.push({ place: `amounts[${edition.total}]`, after: totalIn(texts) });
    else {
      lines.push(texts);
      unplaced.push(...texts.filter((text, index) => text && ![...columns.values()].includes(index)));
    }
  }
  const { rows, newRanks } = rowsFor(lines.length, rowOf(place), sheet);
  const now = sheet.rows("tasks").length;
  if (now + newRanks.length > edition.most.tasks) return { tooMany: { count: lines.length, now, most: edition.most.tasks } };
  const put = lines.flatMap((texts, number) =>
    [...columns].map(([column, index]) => ({ place: `${rows[number]}.${column}`, after: texts[index] ?? "" })));
  return planResult(sheet, [...newRanks, ...put, ...wanted], unplaced, newRanks.length);
}

const isHead = (row) => row.filter(taskColumnOf).length >= 2;

// Map columns by heads, else from the column of the caret.
function columnsOf(cells, from) {
  const heads = cells.find(isHead);
  if (heads) return new Map(heads.map((text, index) => [taskColumnOf(text), index]).filter(([column]) => edition.tasks.includes(column)));
  const filled = cells[0].map((_, index) => index).filter((index) => cells.some((row) => row[index]?.trim()));
  return new Map(edition.tasks.slice(edition.tasks.indexOf(from)).map((column, number) => [column, filled[number]]).filter(([, index]) => index !== undefined));
}

function isTotal(texts) {
  const [first] = texts.filter(Boolean);
  return budgetLineIn(first).line === edition.total && Boolean(totalIn(texts));
}

function totalIn(texts) {
  const [first, ...others] = texts.filter(Boolean);
  return budgetLineIn(first).amount || (others.at(-1) ?? "");
}

// Return `count` rows from a row on, and the ranks of those that are new at the end.
function rowsFor(count, from, sheet) {
  const all = sheet.rows("tasks");
  const rows = all.slice(all.indexOf(from), all.indexOf(from) + count);
  const added = Array.from({ length: count - rows.length }, () => newRow("tasks"));
  const ranks = spread(all.length ? sheet.text(all.at(-1)) : "", "", added.length);
  return { rows: [...rows, ...added], newRanks: added.map((row, index) => ({ place: row, after: ranks[index] })) };
}
