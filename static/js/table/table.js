// The table in the DOM: fields and notes by place; rows are added, moved and removed under their labels.

import { isRow, rowOf, sectionOf } from "../model/sheet.js";
import { DutyRows } from "./duties.js";
import { TaskRows } from "./tasks.js";
import { IndicatorRows } from "./indicators.js";

const placeOfField = new WeakMap();

export class Table {
  constructor(form, sheet) {
    this.form = form;
    this.sheet = sheet;
    this.fields = new Map();
    this.notes = new Map();
    for (const element of form.querySelectorAll(".official, p.header")) this.adopt(element, true);
    for (const { dataset } of form.querySelectorAll("[data-row]")) {
      this.record(dataset.row, dataset.rank);
      // The class of a row that was not returned, which has no field for it.
      if (dataset.node) this.record(`${dataset.row}.node`, dataset.node);
    }
    this.sections = {
      duties: new DutyRows(form, sheet, this),
      tasks: new TaskRows(form, sheet, this),
      indicators: new IndicatorRows(form, sheet, this),
    };
    sheet.addEventListener("change", ({ detail }) => this.follow(detail.changes));
  }

  // Register the fields of an element with their stored texts, if it came from the server.
  adopt(element, isStored) {
    for (const notes of element.querySelectorAll("[data-notes]")) this.notes.set(notes.dataset.notes, notes);
    // Tab moves between fields; Alt+. opens the menu of the row.
    for (const summary of element.querySelectorAll(".row-menu summary")) summary.tabIndex = -1;
    for (const field of element.querySelectorAll(".cell")) {
      const place = document.getElementById(`${field.id}-notes`)?.dataset.notes ??
        element.querySelector(`#${CSS.escape(field.id)}-notes`).dataset.notes;
      this.fields.set(place, field);
      placeOfField.set(field, place);
      if (isStored) this.record(place, this.form.elements[`initial-${field.name}`].value, field);
    }
  }

  // Record the stored and the displayed text. A single-line field drops line breaks; this is not an edit.
  record(place, stored, field = null) {
    const isUnchanged = !field || field.value === stored || field.value === stored.replace(/[\r\n]/g, "");
    this.sheet.stored.set(place, stored);
    this.sheet.current.set(place, isUnchanged ? stored : field.value);
  }

  field(place) {
    return this.fields.get(place);
  }

  // Return the place of a field; menus and notes belong to their cell.
  place(element) {
    return placeOfField.get(element) ?? null;
  }

  follow(changes) {
    const moved = new Set();
    for (const { place, after } of changes) {
      if (isRow(place) || place.endsWith(".node")) moved.add(sectionOf(place));
      const field = this.fields.get(place);
      if (field && field.value !== after) this.write(field, after);
    }
    for (const section of moved) this.keepFocus(() => this.sections[section].layOut());
    this.form.dispatchEvent(new CustomEvent("table:changed", { detail: { changes } }));
  }

  // Write a text into a field. The sheet keeps what the field cannot display (a line break in a single line).
  write(field, text) {
    field.value = text;
    field.dispatchEvent(new CustomEvent("cell:written", { bubbles: true }));
  }

  // Fill the fields of a new row from the sheet.
  fill(row) {
    for (const [place, field] of this.fields) {
      if (rowOf(place) === row && field.value !== this.sheet.text(place)) field.value = this.sheet.text(place);
    }
  }

  keepFocus(change) {
    const { activeElement } = document;
    const range = activeElement?.selectionStart;
    change();
    if (activeElement === document.activeElement || !activeElement?.isConnected) return;
    activeElement.focus({ preventScroll: true });
    if (typeof range === "number") activeElement.setSelectionRange(range, range);
  }

  // Focus a cell, with the caret after its text if `atEnd`.
  focus(place, { atEnd = false } = {}) {
    const field = this.fields.get(place);
    if (!field?.isConnected) return false;
    field.focus();
    if (field.setSelectionRange && atEnd) field.setSelectionRange(field.value.length, field.value.length);
    return true;
  }
}
