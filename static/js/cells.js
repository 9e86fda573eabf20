// A cell of the table: its field, the hidden value that this person saw there, and the place that both stand for.

export class Cell {
  constructor(field) {
    this.field = field;
    this.seen = field.form.elements[`initial-${field.name}`];
    this.notes = document.getElementById(`${field.id}-notes`);
    this.place = this.notes.dataset.notes;
    this.held = null;
  }

  get isChanged() {
    return this.field.value !== this.seen.value;
  }

  get change() {
    return { place: this.place, before: this.seen.value, after: this.field.value };
  }

  // Not stored: stays out of what is saved until this person writes in it again, or presses the save button.
  // `stored` is what somebody else has put there; null when the row is gone for good.
  hold(stored) {
    this.held = { stored };
  }

  release() {
    if (this.held && this.held.stored !== null) {
      this.seen.value = this.held.stored;
      this.held = null;
    }
  }
}

export function cellsOf(form) {
  return [...form.querySelectorAll(".cell")].map((field) => new Cell(field));
}
