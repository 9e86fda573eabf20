// Read the largest table of an HTML text into a grid. The HTML is parsed into an inert document: no script runs and
// nothing is fetched.

// Comments, style sheets, and tags with their attributes.
const PARTS = /<!--(?:-?>|[^]*?(?:-->|$))|<style[^]*?(?:<\/style[^>]*>|$)|<(\/?)([a-z][^\s/>]*)[^>]*/gi;
const FORBIDDEN = /([\s"'/])(style|on[a-z]+)(?=\s*=)/gi;
// Elements that close implicitly or are empty, and so add no depth.
const SHALLOW = new Set((
  "area base body br col colgroup dd dt embed head hr html img input li link meta option p param rp rt source tbody td " +
  "tfoot th thead tr track wbr"
).split(" "));
const MOST_WORK = 3_000_000;
const MARKS = [
  "script", "[hidden]", '[data-style*="display:none" i]', '[data-style*="display: none" i]',
  // Added by Excel to cells with a comment.
  '[class^="msocom" i]',
];
const NOT_SHOWN = MARKS.map((selector) => `${selector}:not(tr, td, th)`).join();
const BLOCKS = new Set((
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE CAPTION CENTER DD DIV DL DT FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER " +
  "HR LI MAIN NAV OL P PRE SECTION TABLE TR UL"
).split(" "));

// Return the table with the most cells, or null without a table or if parsing would take too long.
export function largestTable(html) {
  const parts = allowed(html);
  const start = parts.search(/<table/i);
  if (start < 0 || workOf(parts) > MOST_WORK) return null;
  const page = new DOMParser().parseFromString(parts.slice(start), "text/html");
  for (const element of page.querySelectorAll(NOT_SHOWN)) element.remove();
  let [largest, most] = [null, -1];
  for (const table of page.querySelectorAll("table")) {
    const cells = [...table.rows].reduce((count, row) => count + row.cells.length, 0);
    if (cells > most) [largest, most] = [table, cells];
  }
  return largest;
}

// Remove what the content security policy reports even in an inert document: the style of each cell.
function allowed(html) {
  return html.replace(PARTS, (part, slash, name) => (name ? part.replace(FORBIDDEN, "$1data-$2") : ""));
}

// Estimate the parsing work as tags times depth: parsers slow down with depth and reopen unclosed formatting elements.
function workOf(html) {
  const open = new Map();
  let [tags, depth, deepest] = [0, 0, 0];
  for (const [, slash, tag = ""] of html.matchAll(PARTS)) {
    const name = tag.toLowerCase();
    const count = open.get(name) ?? 0;
    tags += 1;
    if (SHALLOW.has(name) || (slash && !count)) continue;
    open.set(name, count + (slash ? -1 : 1));
    depth += slash ? -1 : 1;
    deepest = Math.max(deepest, depth);
  }
  return tags * deepest;
}

// Place each cell in the first free position of its row, as HTML table layout does; overlapping spans keep the earlier
// text.
export function readTable(table, grid) {
  const rows = [...table.rows];
  rows.forEach((row, y) => {
    let x = 0;
    for (const cell of row.cells) {
      while (grid.isTaken(y, x)) x += 1;
      grid.put(y, x, textOf(cell));
      if (grid.isKept(y, x)) grid.cover(y, x, heightOf(cell, rows, y), cell.colSpan);
      x += cell.colSpan;
    }
  });
}

// Return the row span of a cell, limited to its table section; rowspan="0" spans all of it.
function heightOf(cell, rows, y) {
  const most = cell.rowSpan || rows.length;
  let height = 1;
  while (height < most && rows[y + height]?.parentNode === rows[y].parentNode) height += 1;
  return height;
}

function textOf(cell) {
  const pieces = [];
  for (const node of cell.childNodes) write(node, pieces, false);
  return pieces.join("");
}

// Append the text of a node as displayed: white space collapsed except in <pre>, blocks on lines of their own.
function write(node, pieces, isPreformatted) {
  const { nodeName } = node;
  if (nodeName === "#text") writeText(isPreformatted ? node.data : node.data.replace(/[ \t\r\n\f]+/g, " "), pieces);
  if (nodeName === "BR") pieces.push("\n");
  if (BLOCKS.has(nodeName)) startLine(pieces);
  for (const child of node.childNodes) write(child, pieces, isPreformatted || nodeName === "PRE");
  if (BLOCKS.has(nodeName)) startLine(pieces);
  if (nodeName === "TD" || nodeName === "TH") writeText(" ", pieces);
}

function writeText(text, pieces) {
  const isFolded = text.startsWith(" ") && /^[ \n]?$/.test(pieces.at(-1)?.at(-1) ?? "");
  const rest = isFolded ? text.slice(1) : text;
  if (rest) pieces.push(rest);
}

function startLine(pieces) {
  if (pieces.length && !pieces.at(-1).endsWith("\n")) pieces.push("\n");
}
