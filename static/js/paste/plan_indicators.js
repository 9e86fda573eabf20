// Where a pasted block lands: a plan of changes, what would be written over, and what finds no place. Changes nothing.

import { budgetLineIn, columnOf, form } from "../model/edition.js";
import { areComparators, areUnits, joined } from "./target_parts.js";
import { finished } from "./plan_result.js";
import { spread } from "../model/ranks.js";
import { newRow, rowOf } from "../model/sheet.js";
import { intoTasks } from "./plan_tasks.js";

// What a row has besides its class, in the order of the table.
const FIELDS = ["name", "target", ...form.further];
const PARTS = ["comparator", "target", "unit"];
const isParted = form.columns.some(({ key }) => key === "comparator");

// {wanted, overwritten, left, added}; `left` are texts without a place. A plan that needs more rows than there may be
// says so: {tooMany: {count, now, most}}.
export function plan(block, place, sheet, classes) {
  if (place.startsWith("amounts[")) return intoAmounts(block, place, sheet);
  return place.startsWith("tasks[") ? intoTasks(block, place, sheet) : intoIndicators(block, place, sheet, classes);
}

function intoAmounts({ cells }, place, sheet) {
  const all = form.lines.map(({ key }) => key);
  const wanted = new Map();
  const left = [];
  let at = all.indexOf(place.slice("amounts[".length, -1));
  for (const row of cells) {
    const texts = row.filter((text) => text?.trim());
    const named = texts.map(budgetLineIn);
    if (named.some(({ line }) => line)) {
      takeNamed(texts, named, wanted, left);
      continue;
    }
    const [text, ...others] = texts;
    if (text !== undefined && at < all.length) wanted.set(`amounts[${all[at]}]`, text.trim());
    else if (text !== undefined) left.push(text);
    left.push(...others);
    at += 1;
  }
  return finished(sheet, [...wanted].map(([to, after]) => ({ place: to, after })), left, 0);
}

// Labels with their amounts behind a colon, or in the cell behind.
function takeNamed(texts, named, wanted, left) {
  for (let at = 0; at < texts.length; at += 1) {
    const { line, amount } = named[at];
    if (!line) {
      left.push(texts[at]);
    } else if (amount) {
      wanted.set(`amounts[${line}]`, amount);
    } else if (texts[at + 1] && !named[at + 1].line) {
      wanted.set(`amounts[${line}]`, texts[at + 1].trim());
      at += 1;
    }
  }
}

function intoIndicators(block, place, sheet, classes) {
  const shape = shapeOf(block, place, classes);
  const rows = shape.rows.map((row) => read(row, shape, classes)).filter(({ values }) => values.size);
  let last;
  for (const row of rows) last = row.node = row.node ?? last ?? sheet.text(`${rowOf(place)}.node`);
  const slots = new Slots(sheet, shape.second === null ? rowOf(place) : null);
  const wanted = [];
  for (const { node, values } of rows) {
    const [row, changes] = slots.next(node, values.get("name"));
    wanted.push(...changes, ...[...values].map(([column, after]) => ({ place: `${row}.${column}`, after })));
  }
  const now = sheet.rows("indicators").length;
  if (now + slots.added > form.most.indicators) return { tooMany: { count: rows.length, now, most: form.most.indicators } };
  return finished(sheet, wanted, rows.flatMap(({ left }) => left), slots.added);
}

// Which column of the block is what: by its heads, else by the classes that are named in one, else from the cell on.
function shapeOf({ cells }, place, classes) {
  const heads = cells.findIndex((row) => row.filter(columnOf).length >= 2);
  const rows = cells.filter((row) => row.filter(columnOf).length < 2);
  const named = (column) => rows.filter((row) => classes.find(row[column])).length;
  const all = Array.from({ length: Math.max(...cells.map((row) => row.length)) }, (_, column) => column);
  const second = all.find((column) => all.length - column > 1 && named(column)) ?? null;
  const texts = (column) => rows.map((row) => row[column] ?? "");
  const behind = all.filter((column) => column > (second ?? -1) && texts(column).some((text) => text.trim()));
  const from = second === null && heads < 0 ? place.split("].")[1] : "name";
  const columns = byPosition(behind, from, texts);
  return { rows, second, columns: heads < 0 ? columns : byHeads(cells[heads], columns) };
}

// Name and value where they would stand, when no head says where.
function byHeads(heads, columns) {
  const found = new Map();
  heads.forEach((text, at) => {
    const column = columnOf(text);
    if ((FIELDS.includes(column) || PARTS.includes(column)) && !found.has(column)) found.set(column, at);
  });
  const used = new Set(found.values());
  for (const name of ["name", "target"]) {
    if (!found.has(name) && columns.has(name) && !used.has(columns.get(name))) found.set(name, columns.get(name));
  }
  return found;
}

// A value may come in its three columns, whether the form prints it so or not.
function byPosition(behind, from, texts) {
  const columns = new Map();
  const left = [...behind];
  const take = (column) => left.length && columns.set(column, left.shift());
  if (from === "name") take("name");
  if (from === "name" || from === "target") {
    const isInParts = left.length > 1 && areComparators(texts(left[0]));
    if (isInParts) take("comparator");
    take("target");
    if ((isInParts || isParted) && left.length && areUnits(texts(left[0]))) take("unit");
  }
  for (const column of form.further.slice(Math.max(0, form.further.indexOf(from)))) take(column);
  return columns;
}

function read(row, { second, columns }, classes) {
  const values = new Map();
  for (const name of FIELDS) {
    const at = columns.get(name);
    if (at !== undefined && row[at] != null) values.set(name, row[at].trim());
  }
  const part = (name) => row[columns.get(name)] ?? "";
  if (columns.has("comparator") || columns.has("unit")) values.set("target", joined(...PARTS.map(part)));
  if (![...values.values()].some(Boolean) && second !== null) values.clear();
  const used = new Set(columns.values());
  const label = second === null ? null : row[second];
  const node = classes.find(label);
  const left = row.filter((text, at) => text?.trim() && !used.has(at) && (second === null || at > second));
  if (label?.trim() && !node) left.unshift(label);
  return { node, values, left };
}

// Rows to be filled, one after another: from a row on those of its class; or in each class those that are blank. Where
// there are none left, new ones.
class Slots {
  constructor(sheet, from) {
    this.sheet = sheet;
    this.added = 0;
    this.all = sheet.rows("indicators");
    this.ranks = new Map(this.all.map((row) => [row, sheet.text(row)]));
    this.free = new Map();
    for (const row of from ? this.all.slice(this.all.indexOf(from)) : this.all.filter((one) => this.isBlank(one))) {
      const node = sheet.text(`${row}.node`);
      if (!from || node === sheet.text(`${from}.node`)) this.free.set(node, [...(this.free.get(node) ?? []), row]);
    }
    this.last = new Map(this.all.map((row) => [sheet.text(`${row}.node`), row]));
    // A table that is pasted again finds its rows by their names, once each.
    this.named = new Map(from ? [] : this.all.map((row) => [this.nameOf(sheet.text(`${row}.node`), sheet.text(`${row}.name`)), row]));
  }

  nameOf(node, name) {
    return `${node} ${name.replace(/\s/g, "")}`;
  }

  isBlank(row) {
    return FIELDS.every((column) => !this.sheet.text(`${row}.${column}`).trim());
  }

  next(node, name) {
    const called = this.nameOf(node, name ?? "");
    const same = name?.trim() && this.named.get(called);
    if (same) {
      this.named.delete(called);
      return [same, []];
    }
    const free = this.free.get(node)?.shift();
    if (free) return [free, []];
    const above = this.last.get(node);
    const at = above ? this.all.indexOf(above) + 1 : this.all.length;
    const row = newRow("indicators");
    const [rank] = spread(at ? this.ranks.get(this.all[at - 1]) : "", at < this.all.length ? this.ranks.get(this.all[at]) : "", 1);
    this.all.splice(at, 0, row);
    this.ranks.set(row, rank);
    this.last.set(node, row);
    this.added += 1;
    return [row, [{ place: row, after: rank }, { place: `${row}.node`, after: node }]];
  }
}
