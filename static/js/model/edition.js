// The form that is filled in, as data that the page brings along: classes of indicators and budget lines, found by labels.

const FORM = JSON.parse(document.getElementById("edition").textContent);

// What labels have in common that mean the same; as document/labels.py does it.
function key(label) {
  const plain = label.normalize("NFKC").replace(/\s/g, "");
  const bare = plain.replace(/[(（][^()（）]*[)）]/g, "").replace(/^[:：、.．]+|[:：、.．]+$/g, "") || plain;
  return bare.replace(/指标$/, "") || bare;
}

function byLabel(items) {
  return new Map(items.flatMap((item) => [item.label, ...item.aliases].map((label) => [key(label), item.key])));
}

export const form = FORM;

// How many characters a cell takes.
export function longestAt(place) {
  const [section] = place.split("[");
  const column = place.split("].")[1];
  return FORM.longest[column ? `${section}.${column}` : section] ?? FORM.longest.fields;
}

export class Classes {
  constructor() {
    this.keys = FORM.classes.map((item) => item.key);
    this.labels = new Map(FORM.classes.map((item) => [item.key, item.label]));
    this.found = byLabel(FORM.classes);
  }

  name(node) {
    return this.labels.get(node) ?? FORM.unclassified;
  }

  // The button by which a class gets a row, or the duties one.
  addButton(place) {
    return document.querySelector(`button.add-row[value="${CSS.escape(place)}"]`);
  }

  // The key of the class that a label means, undefined when it means none.
  find(label) {
    return label ? this.found.get(key(label)) : undefined;
  }
}

// What heads are called elsewhere, and then this form's own.
function heads(vocabulary, columns) {
  return new Map([...Object.entries(vocabulary).map(([label, column]) => [key(label), column]), ...columns.map((column) => [key(column.label), column.key])]);
}

const COLUMN_HEADS = heads(FORM.heads, FORM.columns);
const TASK_HEADS = heads(FORM.task_heads, FORM.task_columns);
const LINES = byLabel(FORM.lines);

// The column of the indicator table whose head a text is, undefined when it is none.
export function columnOf(text) {
  return text ? COLUMN_HEADS.get(key(text)) ?? (/^指标值/.test(key(text)) ? "target" : undefined) : undefined;
}

// The same for the tasks.
export function taskColumnOf(text) {
  return text ? TASK_HEADS.get(key(text)) : undefined;
}

// The budget line that a text names, perhaps with an amount behind a colon: {line, amount}.
export function budgetLineIn(text) {
  const [, label, amount = ""] = /^(?:其中[:：])?([^:：]*)[:：]?(.*)$/s.exec(text.trim());
  return { line: LINES.get(key(label)), amount: amount.trim() };
}
