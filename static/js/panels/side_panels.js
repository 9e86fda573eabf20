// What stands beside the table after each save: the sections with their state, the findings, what is said at the cells.

export class Beside {
  constructor({ form, table, autosave, found }) {
    this.table = table;
    this.form = form;
    this.found = found;
    this.last = new WeakMap();
    this.said = new Set([...form.querySelectorAll("[data-notes]:not(:empty)")].map((notes) => notes.id));
    autosave.addEventListener("saved", ({ detail }) => this.show(detail));
    document.addEventListener("click", (event) => this.follow(event));
  }

  show({ notes, sections, found, strip }) {
    this.replace(document.getElementById("sections"), sections);
    this.replace(document.getElementById("strip"), strip);
    this.found.show(found);
    for (const id of new Set([...this.said, ...Object.keys(notes)])) {
      const element = document.getElementById(id);
      if (element) this.say(element, notes[id] ?? "");
    }
    this.said = new Set(Object.keys(notes));
  }

  say(notes, html) {
    this.replace(notes, html);
    const field = this.table.field(notes.dataset.notes);
    if (notes.querySelector(".error")) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
  }

  // The sentences are the server's, escaped there. What has not changed keeps the focus that may be in it.
  replace(element, html) {
    if (this.last.get(element) === html) return;
    element.innerHTML = html;
    this.last.set(element, html);
  }

  // A finding or a section leads to its cell: the caret goes there.
  follow(event) {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target || !this.form.contains(target)) return;
    event.preventDefault();
    target.scrollIntoView({ block: "center" });
    const cell = target.matches(".cell") ? target : target.closest("tr, p")?.querySelector(".cell:not(select)");
    cell?.focus({ preventScroll: true });
  }
}
