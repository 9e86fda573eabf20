// Update the page after each save: the sections with their state, the funding row, the findings, the notes at cells.

export class SidePanels {
  constructor({ form, table, autosave, findings }) {
    this.table = table;
    this.form = form;
    this.findings = findings;
    this.lastHtml = new WeakMap();
    this.noteIds = new Set([...form.querySelectorAll("[data-notes]:not(:empty)")].map((notes) => notes.id));
    autosave.addEventListener("saved", ({ detail }) => this.show(detail));
    document.addEventListener("click", (event) => this.focusTarget(event));
  }

  show({ notes, sections, found: findings, strip: funding }) {
    this.replace(document.getElementById("sections"), sections);
    this.replace(document.getElementById("funding"), funding);
    this.findings.show(findings);
    for (const id of new Set([...this.noteIds, ...Object.keys(notes)])) {
      const element = document.getElementById(id);
      if (element) this.setNotes(element, notes[id] ?? "");
    }
    this.noteIds = new Set(Object.keys(notes));
  }

  setNotes(notes, html) {
    this.replace(notes, html);
    const field = this.table.field(notes.dataset.notes);
    if (notes.querySelector(".error")) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
  }

  // Replace HTML, escaped by the server. Unchanged HTML is left alone: it may have the focus.
  replace(element, html) {
    if (this.lastHtml.get(element) === html) return;
    element.innerHTML = html;
    this.lastHtml.set(element, html);
  }

  // Focus the cell that a finding or section links to.
  focusTarget(event) {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target || !this.form.contains(target)) return;
    event.preventDefault();
    target.scrollIntoView({ block: "center" });
    const cell = target.matches(".cell") ? target : target.closest("tr, p")?.querySelector(".cell:not(select)");
    cell?.focus({ preventScroll: true });
  }
}
