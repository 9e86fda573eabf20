// Notes at the cells of a table: hidden until the field of the cell has the focus, or a mark is hovered, focused or
// pressed; then over the table, so that nothing moves. Escape closes a note until the cell is entered again.
// On the page where the table is filled in, a note covers no cell: it opens over the column of panels, or on a phone
// inside its card.

import { TOP_BAR, visibleBottom } from "./visible_area.js";

const CELL = "td, th, p.header";
const FIELDS = "input, select, textarea";
// Above this height in pixels a note hovered or pressed opens next to its mark instead of below the cell.
const TALL = 96;
const MARGIN = 8;
// Height in pixels of the toast at the bottom of the column of panels.
const TOAST = 72;

export class CellNotes {
  // `opensOnFocus`: without it, only the pointer opens notes, for pages that show the sentence elsewhere. `column` is
  // the column of panels over which notes open, below the panel `sums`.
  constructor(root, { opensOnFocus = true, column = null, sums = null } = {}) {
    Object.assign(this, { root, opensOnFocus, column, sums, cell: null, isPressed: false });
    root.addEventListener("focusin", ({ target }) => this.focused(target));
    root.addEventListener("focusout", ({ relatedTarget }) => this.left(relatedTarget));
    // A press on a mark or a note leaves the focus in the field, which keeps the note open.
    root.addEventListener("mousedown", (event) => {
      if (event.target.closest(".mark, .cell-note") && !event.target.closest(FIELDS)) event.preventDefault();
    });
    root.addEventListener("pointerover", (event) => this.hovered(event));
    root.addEventListener("pointerout", (event) => this.unhovered(event));
    root.addEventListener("suggestions:shown", () => this.close());
    document.addEventListener("click", (event) => this.clicked(event));
    // Capture: before the keys of the table, which restore the stored text on Escape and ignore prevented events.
    root.addEventListener("keydown", (event) => this.pressed(event), true);
    document.addEventListener("keydown", (event) => this.pressed(event));
    window.addEventListener("resize", () => this.cell && this.place());
    // Capture: the column of panels scrolls, too.
    if (column) window.addEventListener("scroll", () => this.cell && this.place(), { capture: true, passive: true });
    this.skipMarks(root);
  }

  // Marks of cells with a field are no tab stops: the field opens their note.
  skipMarks(element) {
    for (const mark of element.querySelectorAll(".mark")) {
      if (mark.closest(CELL).querySelector(":scope .cell:not(select)")) mark.tabIndex = -1;
    }
  }

  // The notes have changed: show those of the field with the focus, close a note without sentences.
  refresh() {
    this.skipMarks(this.root);
    if (this.cell) {
      if (hasNote(this.cell)) this.place();
      else this.close();
    } else if (this.root.contains(document.activeElement)) this.focused(document.activeElement);
  }

  get box() {
    return boxOf(this.cell);
  }

  focused(target) {
    const cell = target.closest(CELL);
    if (cell === this.cell) return void (cell && this.place());
    const opens = this.opensOnFocus && target.matches(".cell:not(select), .mark");
    if (opens && cell !== this.dismissed && hasNote(cell)) this.open(cell);
    else this.close();
  }

  left(next) {
    if (!this.dismissed?.contains(next)) this.dismissed = null;
    if (this.isPressed || !this.cell || this.cell.contains(next)) return;
    // A note inside its card takes room: keep the next field where it was pressed.
    const top = next?.getBoundingClientRect().top;
    this.close();
    if (next && this.column) {
      window.scrollBy({ top: next.getBoundingClientRect().top - top, behavior: "instant" });
    }
  }

  // Only a mouse hovers: a tap would open the note and close it at once.
  hovered({ target, pointerType }) {
    const cell = pointerType === "mouse" && target.closest(".mark")?.closest(CELL);
    if (cell && cell !== this.cell && hasNote(cell)) this.open(cell);
  }

  unhovered({ relatedTarget }) {
    if (!this.cell || this.isPressed || this.cell.contains(relatedTarget)) return;
    if (this.cell.contains(document.activeElement) && this.opensOnFocus) return;
    this.close();
    if (this.root.contains(document.activeElement)) this.focused(document.activeElement);
  }

  clicked(event) {
    const mark = event.target.closest(".mark");
    const cell = this.root.contains(mark) ? mark.closest(CELL) : null;
    if (!cell || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || !hasNote(cell)) {
      if (this.isPressed && !this.cell?.contains(event.target)) this.close();
      return;
    }
    event.preventDefault();
    if (cell === this.cell && this.isPressed) return this.close();
    this.open(cell);
    this.isPressed = true;
  }

  pressed(event) {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || !this.cell) return;
    event.preventDefault();
    this.dismissed = this.cell;
    const { cell, box } = this;
    const wasInside = box.contains(document.activeElement);
    this.close();
    if (wasInside) cell.querySelector(".cell, .mark")?.focus();
  }

  open(cell) {
    this.close();
    this.cell = cell;
    this.box.toggleAttribute("data-open", true);
    this.place();
  }

  close() {
    if (this.cell) boxOf(this.cell).removeAttribute("data-open");
    this.cell = null;
    this.isPressed = false;
  }

  place() {
    if (this.column) this.placeOutsideCells();
    else this.placeAtCell();
  }

  // Over the column of panels, at the height of the cell; inside the cell where the panels are below the table.
  placeOutsideCells() {
    const { box, cell } = this;
    const column = this.column.getBoundingClientRect();
    const isInColumn = column.left >= cell.closest(".paper").getBoundingClientRect().right;
    box.dataset.side = isInColumn ? "column" : "inside";
    const label = cell.querySelector(".cell:not(select)")?.getAttribute("aria-label");
    if (label) box.dataset.label = label;
    if (!isInColumn) return box.removeAttribute("style");
    Object.assign(box.style, { left: `${column.left}px`, width: `${column.width}px` });
    const belowSums = this.sums.getBoundingClientRect().bottom + MARGIN;
    const lowest = visibleBottom() - box.offsetHeight - MARGIN;
    const wanted = Math.max(cell.getBoundingClientRect().top, belowSums);
    const top = Math.min(wanted, Math.max(lowest - TOAST, Math.min(belowSums, lowest)));
    box.style.top = `${Math.max(TOP_BAR, top)}px`;
  }

  // Below the cell; above it where there is no room below; next to the mark of a tall cell in which nothing is typed.
  placeAtCell() {
    const { box, cell } = this;
    box.dataset.side = "below";
    box.dataset.align = "start";
    const isTyped = cell.contains(document.activeElement) && document.activeElement.matches(".cell");
    const around = cell.getBoundingClientRect();
    if (around.height > TALL && !isTyped) {
      box.dataset.side = "mark";
      box.dataset.align = "end";
    }
    const note = box.getBoundingClientRect();
    const paper = cell.closest(".official, .paper").getBoundingClientRect();
    if (note.right > Math.min(paper.right, document.documentElement.clientWidth - MARGIN)) box.dataset.align = "end";
    const isLow = note.bottom > visibleBottom() && around.top - note.height > TOP_BAR;
    if (isLow) box.dataset.side = "above";
  }
}

function boxOf(cell) {
  return cell?.querySelector(":scope > .cell-note") ?? null;
}

function hasNote(cell) {
  return Boolean(boxOf(cell)?.textContent.trim());
}
