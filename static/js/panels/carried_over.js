// Marks at texts carried over from last year, until they are changed or confirmed.

export class CarriedOver {
  constructor({ form, table, sheet }) {
    Object.assign(this, { form, table, sheet });
    this.marks = new Map([...form.querySelectorAll("[data-confirm]")].map((mark) => [mark.dataset.confirm, mark]));
    if (!this.marks.size) return;
    form.addEventListener("click", (event) => this.clicked(event));
    sheet.addEventListener("change", ({ detail }) => detail.changes.forEach(({ place }) => this.unmark(place)));
  }

  clicked(event) {
    const mark = event.target.closest("[data-confirm]");
    if (!mark) return;
    event.preventDefault();
    const place = mark.dataset.confirm;
    this.unmark(place);
    this.sheet.confirm(place);
    this.table.focus(place, { atEnd: true });
  }

  unmark(place) {
    const confirm = this.marks.get(place);
    if (!confirm) return;
    const cell = confirm.closest("td, p");
    for (const part of [confirm, cell.querySelector(".mark.carried")]) part.remove();
    this.marks.delete(place);
    this.table.field(place)?.removeAttribute("data-carried");
  }
}
