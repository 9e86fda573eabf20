// Parse clipboard content from Excel, WPS, Word or a web page into a block: { cells, rows, columns, isCut }.
// `cells` are rows of equal length; a cell is its text, or null where a merged cell covers it (its text is in the top
// left cell). Blank rows and columns at the end are dropped. `rows` and `columns` count all; `isCut` is true if they
// exceed the limits.

import { largestTable, readTable } from "./html_table.js";

const MOST_ROWS = 5000;
const MOST_COLUMNS = 60;
const LONGEST_HTML = 2_000_000;
const UNWANTED = /[^\P{Cc}\t\n]|\p{Cs}/gu;

// Return the block, or null for a single value or nothing. A table in the HTML takes precedence over the plain text,
// which is read as TAB-separated lines or as one column.
export function blockOf(html, plain) {
  const grid = new Grid();
  const table = html.length > LONGEST_HTML ? null : largestTable(html);
  if (table) readTable(table, grid);
  else if (/[\t\r\n]/.test(plain)) readLines(plain.replace(/\r\n?/g, "\n"), grid);
  return grid.rows > 1 || grid.columns > 1 ? grid.block() : null;
}

// A grid being filled; cells beyond the limits are counted but not kept.
class Grid {
  constructor() {
    this.texts = [];
    this.rows = 0;
    this.columns = 0;
  }

  put(row, column, text) {
    const clean = cleaned(text);
    if (!clean) return;
    this.rows = Math.max(this.rows, row + 1);
    this.columns = Math.max(this.columns, column + 1);
    if (this.isKept(row, column)) this.row(row)[column] = clean;
  }

  // Mark the positions covered by a merged cell, except its first.
  cover(row, column, height, width) {
    for (let y = row; y < Math.min(row + height, MOST_ROWS); y += 1) {
      const texts = this.row(y);
      for (let x = column; x < Math.min(column + width, MOST_COLUMNS); x += 1) {
        if (y > row || x > column) texts[x] = null;
      }
    }
  }

  isTaken(row, column) {
    return this.texts[row]?.[column] !== undefined;
  }

  isKept(row, column) {
    return row < MOST_ROWS && column < MOST_COLUMNS;
  }

  row(index) {
    return (this.texts[index] ??= []);
  }

  block() {
    const { rows, columns } = this;
    const width = Math.min(columns, MOST_COLUMNS);
    const filled = (texts = []) => Array.from({ length: width }, (_, index) => (texts[index] === undefined ? "" : texts[index]));
    const cells = Array.from({ length: Math.min(rows, MOST_ROWS) }, (_, index) => filled(this.texts[index]));
    return { cells, rows, columns, isCut: rows > MOST_ROWS || columns > MOST_COLUMNS };
  }
}

function readLines(plain, grid) {
  let [row, column, position] = [0, 0, 0];
  while (position < plain.length) {
    const { text, end } = fieldAt(plain, position);
    grid.put(row, column, text);
    if (plain[end] === "\t") column += 1;
    else [row, column] = [row + 1, 0];
    position = end + 1;
  }
}

// Return a field and the index of the TAB or line break after it. A quoted field may contain both, and doubled quotes.
function fieldAt(plain, from) {
  const close = plain[from] === '"' ? closingQuote(plain, from + 1) : -1;
  if (close >= 0) return { text: plain.slice(from + 1, close).replaceAll('""', '"'), end: close + 1 };
  const ends = /[\t\n]|$/g;
  ends.lastIndex = from;
  const end = ends.exec(plain).index;
  return { text: plain.slice(from, end), end };
}

// Return the index of the closing quote; -1 if the opening one is a plain character.
function closingQuote(plain, from) {
  for (let index = plain.indexOf('"', from); index >= 0; index = plain.indexOf('"', index + 2)) {
    const next = plain[index + 1];
    if (next === '"') continue;
    return next === undefined || next === "\t" || next === "\n" ? index : -1;
  }
  return -1;
}

function cleaned(text) {
  const visible = text.replaceAll("\xa0", " ").replace(UNWANTED, "");
  return visible.split("\n").map((line) => line.trim()).join("\n").trim();
}
