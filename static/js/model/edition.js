// The edition (the year's form) embedded in the page: indicator classes, budget lines and column heads, looked up by
// label.

export const edition = JSON.parse(document.getElementById("edition").textContent);

// Normalize a label as document/labels.py does, so that labels of the same meaning are equal.
function normalize(label) {
  const plain = label.normalize("NFKC").replace(/\s/g, "");
  const bare = plain.replace(/[(（][^()（）]*[)）]/g, "").replace(/^[:：、.．]+|[:：、.．]+$/g, "") || plain;
  return bare.replace(/指标$/, "") || bare;
}

function byLabel(items) {
  return new Map(items.flatMap((item) => [item.label, ...item.aliases].map((label) => [normalize(label), item.key])));
}

// Return the maximum number of characters of a cell.
export function maxLength(place) {
  const [section] = place.split("[");
  const column = place.split("].")[1];
  return edition.longest[column ? `${section}.${column}` : section] ?? edition.longest.fields;
}

export class IndicatorClasses {
  constructor() {
    this.keys = edition.classes.map((item) => item.key);
    this.labels = new Map(edition.classes.map((item) => [item.key, item.label]));
    this.keysByLabel = byLabel(edition.classes);
  }

  name(node) {
    return this.labels.get(node) ?? edition.unclassified;
  }

  // Return the button that adds a row to a class or to the duties.
  addButton(place) {
    return document.querySelector(`button.add-row[value="${CSS.escape(place)}"]`);
  }

  // Return the key of the class with a label, or undefined.
  find(label) {
    return label ? this.keysByLabel.get(normalize(label)) : undefined;
  }
}

// Map column heads to column keys: those of other forms first, then those of this edition.
function headsByLabel(vocabulary, columns) {
  return new Map([...Object.entries(vocabulary).map(([label, column]) => [normalize(label), column]), ...columns.map((column) => [normalize(column.label), column.key])]);
}

const COLUMN_HEADS = headsByLabel(edition.heads, edition.columns);
const TASK_HEADS = headsByLabel(edition.task_heads, edition.task_columns);
const LINES = byLabel(edition.lines);

// Return the column of the indicator table with this head, or undefined.
export function columnOf(text) {
  if (!text) return undefined;
  const label = normalize(text);
  return COLUMN_HEADS.get(label) ?? (label.startsWith("指标值") ? "target" : undefined);
}

// Return the column of the task table with this head, or undefined.
export function taskColumnOf(text) {
  return text ? TASK_HEADS.get(normalize(text)) : undefined;
}

// Split a text into its budget line and the amount after a colon, if any: {line, amount}.
export function budgetLineIn(text) {
  const [, label, amount = ""] = /^(?:其中[:：])?([^:：]*)[:：]?(.*)$/s.exec(text.trim());
  return { line: LINES.get(normalize(label)), amount: amount.trim() };
}
