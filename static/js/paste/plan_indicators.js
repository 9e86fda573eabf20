// Plan pasting a block into the indicators.

import { columnOf, edition } from "../model/edition.js";
import { areComparators, areUnits, joinTarget } from "./target_parts.js";
import { planResult } from "./plan_result.js";
import { spread } from "../model/ranks.js";
import { newRow, rowOf } from "../model/sheet.js";

// Columns of a row besides its class, in table order.
const FIELDS = ["name", "target", ...edition.further];
const PARTS = ["comparator", "target", "unit"];
const isParted = edition.columns.some(({ key }) => key === "comparator");

export function planIndicators(block, place, sheet, classes) {
  const layout = layoutOf(block, place, classes);
  const rows = layout.rows.map((row) => readRow(row, layout, classes)).filter(({ values }) => values.size);
  let last;
  for (const row of rows) last = row.node = row.node ?? last ?? sheet.text(`${rowOf(place)}.node`);
  const targetRows = new TargetRows(sheet, layout.second === null ? rowOf(place) : null);
  const wanted = [];
  for (const { node, values } of rows) {
    const [row, changes] = targetRows.next(node, values.get("name"));
    wanted.push(...changes, ...[...values].map(([column, after]) => ({ place: `${row}.${column}`, after })));
  }
  const now = sheet.rows("indicators").length;
  if (now + targetRows.added > edition.most.indicators) return { tooMany: { count: rows.length, now, most: edition.most.indicators } };
  return planResult(sheet, wanted, rows.flatMap(({ unplaced }) => unplaced), targetRows.added);
}

// Determine the columns of a block: by its heads, else after the column that names classes, else from the cell pasted
// into.
function layoutOf({ cells }, place, classes) {
  const heads = cells.findIndex((row) => row.filter(columnOf).length >= 2);
  const rows = cells.filter((row) => row.filter(columnOf).length < 2);
  const named = (column) => rows.filter((row) => classes.find(row[column])).length;
  const all = Array.from({ length: Math.max(...cells.map((row) => row.length)) }, (_, column) => column);
  const second = all.find((column) => all.length - column > 1 && named(column)) ?? null;
  const texts = (column) => rows.map((row) => row[column] ?? "");
  const following = all.filter((column) => column > (second ?? -1) && texts(column).some((text) => text.trim()));
  const from = second === null && heads < 0 ? place.split("].")[1] : "name";
  const columns = byPosition(following, from, texts);
  return { rows, second, columns: heads < 0 ? columns : byHeads(cells[heads], columns) };
}

// Map columns by heads; name and target fall back to their default position.
function byHeads(heads, defaults) {
  const columns = new Map();
  heads.forEach((text, index) => {
    const column = columnOf(text);
    if ((FIELDS.includes(column) || PARTS.includes(column)) && !columns.has(column)) columns.set(column, index);
  });
  const used = new Set(columns.values());
  for (const name of ["name", "target"]) {
    if (!columns.has(name) && defaults.has(name) && !used.has(defaults.get(name))) columns.set(name, defaults.get(name));
  }
  return columns;
}

// Map columns by position. A target may span three columns even if the edition prints one.
function byPosition(following, from, texts) {
  const columns = new Map();
  const remaining = [...following];
  const take = (column) => remaining.length && columns.set(column, remaining.shift());
  if (from === "name") take("name");
  if (from === "name" || from === "target") {
    const isInParts = remaining.length > 1 && areComparators(texts(remaining[0]));
    if (isInParts) take("comparator");
    take("target");
    if ((isInParts || isParted) && remaining.length && areUnits(texts(remaining[0]))) take("unit");
  }
  for (const column of edition.further.slice(Math.max(0, edition.further.indexOf(from)))) take(column);
  return columns;
}

function readRow(row, { second, columns }, classes) {
  const values = new Map();
  for (const name of FIELDS) {
    const index = columns.get(name);
    if (index !== undefined && row[index] != null) values.set(name, row[index].trim());
  }
  const part = (name) => row[columns.get(name)] ?? "";
  if (columns.has("comparator") || columns.has("unit")) values.set("target", joinTarget(...PARTS.map(part)));
  if (![...values.values()].some(Boolean) && second !== null) values.clear();
  const used = new Set(columns.values());
  const label = second === null ? null : row[second];
  const node = classes.find(label);
  const unplaced = row.filter((text, index) => text?.trim() && !used.has(index) && (second === null || index > second));
  if (label?.trim() && !node) unplaced.unshift(label);
  return { node, values, unplaced };
}

// Rows to fill, in order: from a row on, those of its class; otherwise the blank ones of each class; then new rows.
class TargetRows {
  constructor(sheet, from) {
    this.sheet = sheet;
    this.added = 0;
    this.all = sheet.rows("indicators");
    this.ranks = new Map(this.all.map((row) => [row, sheet.text(row)]));
    this.free = new Map();
    for (const row of from ? this.all.slice(this.all.indexOf(from)) : this.all.filter((candidate) => this.isBlank(candidate))) {
      const node = sheet.text(`${row}.node`);
      if (!from || node === sheet.text(`${from}.node`)) this.free.set(node, [...(this.free.get(node) ?? []), row]);
    }
    this.last = new Map(this.all.map((row) => [sheet.text(`${row}.node`), row]));
    // A table pasted again matches its rows by name, each once.
    this.named = new Map(from ? [] : this.all.map((row) => [this.keyOf(sheet.text(`${row}.node`), sheet.text(`${row}.name`)), row]));
  }

  keyOf(node, name) {
    return `${node} ${name.replace(/\s/g, "")}`;
  }

  isBlank(row) {
    return FIELDS.every((column) => !this.sheet.text(`${row}.${column}`).trim());
  }

  next(node, name) {
    const key = this.keyOf(node, name ?? "");
    const namesake = name?.trim() && this.named.get(key);
    if (namesake) {
      this.named.delete(key);
      return [namesake, []];
    }
    const free = this.free.get(node)?.shift();
    if (free) return [free, []];
    const above = this.last.get(node);
    const index = above ? this.all.indexOf(above) + 1 : this.all.length;
    const row = newRow("indicators");
    const [rank] = spread(this.ranks.get(this.all[index - 1]) ?? "", this.ranks.get(this.all[index]) ?? "", 1);
    this.all.splice(index, 0, row);
    this.ranks.set(row, rank);
    this.last.set(node, row);
    this.added += 1;
    return [row, [{ place: row, after: rank }, { place: `${row}.node`, after: node }]];
  }
}
