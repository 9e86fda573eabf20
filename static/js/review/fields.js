// The fields of the form that make up the draft of a review: names and texts, without blank ones.

// Fields about the page itself, and those of other actions.
const OTHERS = new Set(["csrfmiddlewaretoken", "person", "lock", "revision", "number", "queue", "signature"]);

export class Fields extends EventTarget {
  constructor(form) {
    super();
    this.form = form;
    form.addEventListener("input", () => this.dispatchEvent(new Event("change")));
    form.addEventListener("change", () => this.dispatchEvent(new Event("change")));
  }

  current() {
    const fields = new Map();
    for (const [name, text] of new FormData(this.form)) {
      if (!OTHERS.has(name) && !name.startsWith("waive-") && text.trim()) fields.set(name, text.replace(/\r\n/g, "\n"));
    }
    return fields;
  }

  // Set fields from [[name, text]] and notify, as if they had been typed.
  apply(entries) {
    const texts = new Map(entries);
    for (const element of this.form.elements) {
      if (!texts.has(element.name)) continue;
      const text = texts.get(element.name);
      if (element.type === "radio") element.checked = element.value === text;
      else if (element.type === "checkbox") element.checked = Boolean(text);
      else setKeepingCaret(element, text);
    }
    if (texts.size) this.dispatchEvent(new Event("change"));
  }
}

// The caret of the field being typed in stays where it is.
function setKeepingCaret(element, text) {
  const { selectionStart, selectionEnd } = element;
  element.value = text;
  if (element === document.activeElement && element.matches("textarea")) {
    element.setSelectionRange(selectionStart, selectionEnd);
  }
}

// Join two texts typed at once, one below the other; one of them is enough if it contains the other.
export function joined(mine, theirs) {
  if (mine.includes(theirs)) return mine;
  return theirs.includes(mine) ? theirs : `${mine}\n${theirs}`;
}

// Whether a field holds sentences, not a choice or a number.
export function isProse(name) {
  return /^(?:remark:|score-note:|(?:reason|exception_reason)$)/.test(name);
}

// Return the names of the fields whose texts differ.
export function differing(before, after) {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => (before.get(name) ?? "") !== (after.get(name) ?? ""));
}
