// The findings, changes and answered remarks that n and p go through, in the order of the table. The mark in the table
// has the focus; its item in the panel is shown.

export class Stops {
  constructor({ form, tabs }) {
    Object.assign(this, { form, tabs });
    const marks = new Map([...form.querySelectorAll("#sheet a.mark")].reverse().flatMap((mark) => itemsOf(mark).map((id) => [id, mark])));
    const items = [...form.querySelectorAll("#panel .stop")];
    const placed = items.filter(({ id }) => marks.has(id)).sort((a, b) => inOrder(marks.get(a.id), marks.get(b.id)));
    const unplaced = items.filter(({ id }) => !marks.has(id));
    this.stops = [...unplaced, ...placed].map((item) => ({ item, mark: marks.get(item.id) ?? null }));
    this.index = -1;
    this.row = null;
    form.addEventListener("click", (event) => this.clicked(event));
    form.addEventListener("focusin", ({ target }) => this.focused(target));
  }

  get current() {
    return this.stops[this.index] ?? null;
  }

  // The place that a remark is about: of the current cell or row, else of the current item. The first row of a class
  // also holds the cells of its labels, which take remarks of their own.
  get place() {
    const fields = [...(this.row?.querySelectorAll(".remark-field") ?? [])];
    const own = fields.find((field) => !field.dataset.place.startsWith("nodes[")) ?? fields[0];
    return own?.dataset.place ?? this.current?.item.dataset.place ?? null;
  }

  // Go to the next (1) or previous (-1) stop; return whether there is one.
  go(step) {
    const next = this.index < 0 && step < 0 ? this.stops.length - 1 : this.index + step;
    if (!this.stops[next]) return false;
    this.select(next);
    return true;
  }

  // Go to the next (1) or previous (-1) place of the table that takes a remark; return whether there is one.
  goToRow(step) {
    const editors = [...this.form.querySelectorAll("#sheet .remark-field")];
    const present = editors.findIndex((editor) => this.row?.contains(editor));
    const next = editors[present < 0 && step < 0 ? editors.length - 1 : present + step];
    if (!next) return false;
    const summary = next.querySelector("summary");
    summary.focus({ preventScroll: true });
    summary.scrollIntoView({ block: "center" });
    return true;
  }

  selectItem(id) {
    const index = this.stops.findIndex(({ item }) => item.id === id);
    if (index >= 0) this.select(index);
  }

  select(index) {
    this.index = index;
    const { item, mark } = this.current;
    for (const other of this.stops) other.item.classList.toggle("current", other.item === item);
    this.tabs.showWith(item);
    item.scrollIntoView({ block: "nearest" });
    this.markRow(mark);
    mark?.setAttribute("aria-describedby", item.id);
    (mark ?? item).focus({ preventScroll: true });
    mark?.scrollIntoView({ block: "center" });
  }

  // Highlight what remarks are about now: the cell of an element if it takes remarks, otherwise its row.
  markRow(element) {
    this.row?.classList.remove("current");
    const cell = element?.closest("td, th, p, .whole-table");
    this.row = (cell?.querySelector(".remark-field") ? cell : element?.closest("tr")) ?? null;
    this.row?.classList.add("current");
  }

  focused(target) {
    if (target.closest("#sheet") && !target.matches("a.mark")) this.markRow(target);
  }

  clicked(event) {
    const { target } = event;
    const mark = target.closest("a.mark");
    if (mark) return this.followMark(event, mark);
    if (target.closest("#panel a[href^='#']")) return this.followLink(event, target.closest("a"));
    if (target.closest("#sheet")) this.markRow(target);
  }

  followMark(event, mark) {
    const index = this.stops.findIndex(({ item }) => `#${item.id}` === mark.hash);
    if (index < 0) return this.tabs.showWith(document.getElementById(mark.hash.slice(1)));
    event.preventDefault();
    this.select(index);
  }

  // Follow a link of the panel into the table.
  followLink(event, link) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    event.preventDefault();
    const index = this.stops.findIndex(({ item }) => item.contains(link));
    if (index >= 0) return this.select(index);
    this.markRow(target);
    target.scrollIntoView({ block: "center" });
  }
}

function itemsOf(mark) {
  return mark.dataset.items?.split(" ") ?? [];
}

function inOrder(a, b) {
  return a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}
