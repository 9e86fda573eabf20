// Update the page after each save: the sections with their state, the funding row, the findings, the notes at cells.

import { replaceHtml } from "../elements.js";

// As in choices.py, the highest first; the highest one underlines the text of a cell.
const SEVERITIES = ["error", "warning", "advice"];

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

  show({ notes, marks, sections, found: findings, strip: funding }) {
    this.replace(document.getElementById("sections"), sections);
    this.replace(document.getElementById("funding"), funding);
    this.findings.show(findings);
    for (const id of new Set([...this.noteIds, ...Object.keys(notes)])) {
      const element = document.getElementById(id);
      if (element) this.setNotes(element, notes[id] ?? "", marks[marksId(id)] ?? "");
    }
    this.noteIds = new Set(Object.keys(notes));
  }

  setNotes(notes, html, marks) {
    this.replace(notes, html);
    const holder = document.getElementById(marksId(notes.id));
    if (holder) this.replace(holder, marks);
    const field = this.table.field(notes.dataset.notes);
    if (!field) return;
    field.toggleAttribute("data-crowded", holder?.closest(".marks").querySelectorAll(".mark").length > 1);
    const severity = SEVERITIES.find((kind) => notes.querySelector(`.note.${kind}`));
    setAttribute(field, "data-severity", severity);
    setAttribute(field, "aria-invalid", severity === "error" ? "true" : undefined);
  }

  // Replace HTML, escaped by the server. Unchanged HTML is left alone: it may have the focus.
  replace(element, html) {
    if (this.lastHtml.get(element) === html) return;
    replaceHtml(element, html);
    this.lastHtml.set(element, html);
  }

  // Focus the cell that a finding or section links to, or the heading of the findings.
  focusTarget(event) {
    const link = event.target.closest("a[href^='#']:not(.mark)");
    const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target || !this.form.contains(target)) return;
    event.preventDefault();
    const isHeading = target.matches("h2");
    target.scrollIntoView({ block: isHeading ? "start" : "center" });
    if (isHeading) return target.focus({ preventScroll: true });
    const cell = target.matches(".cell") ? target : target.closest("tr, p")?.querySelector(".cell:not(select)");
    cell?.focus({ preventScroll: true });
  }
}

function marksId(notesId) {
  return notesId.replace(/-notes$/, "-marks");
}

function setAttribute(element, name, value) {
  if (value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
