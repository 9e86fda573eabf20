// What was copied from Excel, WPS, Word or a page, as a block of cells: { cells, rows, columns, isCut }.
// `cells` are rows of equal length; a cell is its text, or null where a merged cell covers it, whose text stands at its
// top left alone. Rows and columns at the end with nothing in them are left out. `rows` and `columns` say how many there
// were; `isCut` when that is more than are kept.

import { largestTable, readTable } from "./html_table.js";

const MOST_ROWS = 5000;
const MOST_COLUMNS = 60;
const LONGEST_HTML = 2_000_000;
const UNWANTED = /[^\P{Cc}\t\n]|\p{Cs}/gu;

// Null for a single value, which is no block, and for nothing at all. A table in the HTML decides, otherwise the plain
// text: TAB-separated lines, or lines alone as one column.
export function blockOf(html, plain) {
  const grid = new Grid();
  const table = html.length > LONGEST_HTML ? null : largestTable(html);
  if (table) readTable(table, grid);
  else if (/[\t\r\n]/.test(plain)) readLines(plain.replace(/\r\n?/g, "\n"), grid);
  return grid.rows > 1 || grid.columns > 1 ? grid.block() : null;
}

// Cells on their way in: what lies beyond the limits is counted and not kept.
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

  // The positions of a merged cell but its first.
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

  row(at) {
    return (this.texts[at] ??= []);
  }

  block() {
    const { rows, columns } = this;
    const width = Math.min(columns, MOST_COLUMNS);
    const filled = (texts = []) => Array.from({ length: width }, (_, at) => (texts[at] === undefined ? "" : texts[at]));
    const cells = Array.from({ length: Math.min(rows, MOST_ROWS) }, (_, at) => filled(this.texts[at]));
    return { cells, rows, columns, isCut: rows > MOST_ROWS || columns > MOST_COLUMNS };
  }
}

function readLines(plain, grid) {
  let [row, column, at] = [0, 0, 0];
  while (at < plain.length) {
    const { text, end } = fieldAt(plain, at);
    grid.put(row, column, text);
    if (plain[end] === "\t") column += 1;
    else [row, column] = [row + 1, 0];
    at = end + 1;
  }
}

// A field, and where the TAB or the line break behind it stands. One in quotes may hold both, and quotes doubled.
function fieldAt(plain, from) {
  const close = plain[from] === '"' ? closingQuote(plain, from + 1) : -1;
  if (close >= 0) return { text: plain.slice(from + 1, close).replaceAll('""', '"'), end: close + 1 };
  const ends = /[\t\n]|$/g;
  ends.lastIndex = from;
  const end = ends.exec(plain).index;
  return { text: plain.slice(from, end), end };
}

// -1 when the quote at the beginning is only a sign: then no other one ends the field.
function closingQuote(plain, from) {
  for (let at = plain.indexOf('"', from); at >= 0; at = plain.indexOf('"', at + 2)) {
    const behind = plain[at + 1];
    if (behind === '"') continue;
    return behind === undefined || behind === "\t" || behind === "\n" ? at : -1;
  }
  return -1;
}

function cleaned(text) {
  const visible = text.replaceAll("\xa0", " ").replace(UNWANTED, "");
  return visible.split("\n").map((line) => line.trim()).join("\n").trim();
}
