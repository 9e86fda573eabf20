// The table on the page: fields by their places, and rows that come, move and go while labels keep to their classes.

import { isRow, rowOf, sectionOf } from "../model/sheet.js";
import { Duties } from "./duties.js";
import { Tasks } from "./tasks.js";
import { Tree } from "./indicators.js";

const placeOfField = new WeakMap();

export class Table {
  constructor(form, sheet) {
    this.form = form;
    this.sheet = sheet;
    this.fields = new Map();
    this.notes = new Map();
    for (const element of form.querySelectorAll(".official, p.header")) this.adopt(element, true);
    for (const menu of form.querySelectorAll("[data-row]")) this.know(menu.dataset.row, menu.dataset.rank);
    this.sections = {
      duties: new Duties(form, sheet, this),
      tasks: new Tasks(form, sheet, this),
      indicators: new Tree(form, sheet, this),
    };
    sheet.addEventListener("change", ({ detail }) => this.follow(detail.changes));
  }

  // Takes the fields of a part of the page, with what was stored in them when it was made.
  adopt(element, isStored) {
    for (const notes of element.querySelectorAll("[data-notes]")) this.notes.set(notes.dataset.notes, notes);
    // Tab goes from field to field; a key of its own opens the row's menu.
    for (const summary of element.querySelectorAll(".row-menu summary")) summary.tabIndex = -1;
    for (const field of element.querySelectorAll(".cell")) {
      const place = document.getElementById(`${field.id}-notes`)?.dataset.notes ??
        element.querySelector(`#${CSS.escape(field.id)}-notes`).dataset.notes;
      this.fields.set(place, field);
      placeOfField.set(field, place);
      if (isStored) this.know(place, this.form.elements[`initial-${field.name}`].value, field);
    }
  }

  // A field of one line cannot show a line break: that it shows none is nobody's change.
  know(place, stored, field = null) {
    const isShown = !field || field.value === stored || field.value === stored.replace(/[\r\n]/g, "");
    this.sheet.stored.set(place, stored);
    this.sheet.now.set(place, isShown ? stored : field.value);
  }

  field(place) {
    return this.fields.get(place);
  }

  // The place that a field stands for; a cell's menu and its notes belong to the cell.
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

  // What a field takes from the model; a value that it cannot show (a line break in a line) stays in the model.
  write(field, text) {
    field.value = text;
    field.dispatchEvent(new CustomEvent("cell:written", { bubbles: true }));
  }

  // A field of a row that was made just now holds what the model says.
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

  // Puts the caret into a cell: all of it selected, or behind its text.
  focus(place, { atEnd = false } = {}) {
    const field = this.fields.get(place);
    if (!field?.isConnected) return false;
    field.focus();
    if (field.setSelectionRange && atEnd) field.setSelectionRange(field.value.length, field.value.length);
    return true;
  }
}
