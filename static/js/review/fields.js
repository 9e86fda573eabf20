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
      else element.value = text;
    }
    if (texts.size) this.dispatchEvent(new Event("change"));
  }
}

// Return the names of the fields whose texts differ.
export function differing(before, after) {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => (before.get(name) ?? "") !== (after.get(name) ?? ""));
}
