// Keyboard commands of the table, as in Excel. Ignored while an input method composes: Enter and the arrows then belong
// to it.

import { isAtEnd, isAtStart, isOnFirstLine, isOnLastLine } from "./caret.js";
import { inNextRow, inReadingOrder } from "./cell_moves.js";
import { rowOf } from "../model/sheet.js";

export class Keys {
  constructor({ form, table, sheet, rows, typing, undo, redo, help }) {
    Object.assign(this, { form, table, sheet, rows, typing, undo, redo, help });
    form.addEventListener("keydown", (event) => this.pressed(event));
    document.addEventListener("keydown", (event) => this.pressedOnPage(event));
    form.addEventListener("beforeinput", (event) => this.handleBrowserUndo(event));
  }

  pressed(event) {
    if (event.isComposing || this.typing.isComposing || event.defaultPrevented) return;
    const field = event.target;
    const place = this.table.place(field);
    if (!place || field.tagName === "SELECT" || !field.closest(".official, p.header")) return;
    if (this.act(event, field, place)) event.preventDefault();
  }

  // Carry out a key command; return whether the key was one. Rows that were not returned cannot be changed.
  act(event, field, place) {
    const row = field.readOnly ? null : rowOf(place);
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    const isControl = ctrlKey || metaKey;
    if (key === "Enter") return this.enter(field, row, { isControl, altKey, shiftKey });
    if (altKey && !isControl) return row !== null && this.rowKey(key, row, shiftKey);
    if (isControl || shiftKey) return false;
    if (key === "ArrowDown" || key === "ArrowUp") return this.upOrDown(field, key === "ArrowDown" ? 1 : -1);
    if (key === "ArrowRight") return isAtEnd(field) && this.moveTo(inReadingOrder(this.table, field, 1), false);
    if (key === "ArrowLeft") return isAtStart(field) && this.moveTo(inReadingOrder(this.table, field, -1), true);
    return key === "Escape" && this.restoreStored(field, place);
  }

  // Move to the next row; after the last duty add one, as in a list. Enter never submits or deletes. Alt+Enter breaks the
  // line in multi-line cells.
  enter(field, row, { isControl, altKey, shiftKey }) {
    if (isControl) {
      if (row && this.menuOf(row)) this.rows.addBelow(row);
    } else if (altKey) {
      if (field.tagName === "TEXTAREA") this.breakLine(field);
    } else if (!shiftKey && row && this.isLastDuty(row) && field.value.trim()) {
      this.rows.addBelow(row);
    } else {
      const next = inNextRow(this.table, field, shiftKey ? -1 : 1);
      if (next) this.enterCell(next);
    }
    return true;
  }

  isLastDuty(row) {
    return this.sheet.rows("duties").at(-1) === row && Boolean(this.menuOf(row));
  }

  // A row that is closed after a return has no menu.
  menuOf(row) {
    return this.form.querySelector(`details[data-row="${CSS.escape(row)}"]`);
  }

  rowKey(key, row, shiftKey) {
    if (!this.menuOf(row)) return false;
    const step = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (step && shiftKey && row.startsWith("indicators")) this.rows.moveToClass(row, step);
    else if (step) this.rows.move(row, step);
    else if (key === "Delete") this.rows.remove(row);
    else if (key === ".") this.openMenu(row);
    else return false;
    return true;
  }

  openMenu(row) {
    const menu = this.menuOf(row);
    menu.open = true;
    menu.querySelector("select, button").focus();
  }

  upOrDown(field, step) {
    const leaves = step > 0 ? isOnLastLine(field) : isOnFirstLine(field);
    const next = leaves && inNextRow(this.table, field, step);
    if (next) this.enterCell(next);
    return Boolean(next);
  }

  moveTo(next, atEnd) {
    if (!next) return false;
    next.focus();
    const position = atEnd ? next.value.length : 0;
    next.setSelectionRange(position, position);
    return true;
  }

  // Select an amount or another short text, as Tab does: typing replaces it. In texts of several lines only the caret is
  // placed: one must not replace them by going on typing.
  enterCell(next) {
    if (next.tagName === "TEXTAREA") return void this.moveTo(next, true);
    next.focus();
    next.select();
  }

  restoreStored(field, place) {
    const stored = this.sheet.storedText(place);
    if (field.value === stored) return false;
    const changes = this.sheet.apply([{ place, after: stored }]);
    if (changes.length) this.typing.history.push(changes, place);
    return changes.length > 0;
  }

  breakLine(field) {
    field.setRangeText("\n", field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  // Undo and redo anywhere on the page; the key help where a question mark is not input.
  pressedOnPage(event) {
    const key = event.key?.toLowerCase();
    const isControl = (event.ctrlKey || event.metaKey) && !event.altKey;
    // Return early on ordinary typing: this runs on every key.
    if (!isControl && key !== "?" && key !== "？") return;
    if (event.isComposing || this.typing.isComposing || document.querySelector("dialog[open]")) return;
    const isInOtherField = event.target.matches("input, textarea, select") && !this.table.place(event.target);
    if (isControl && !isInOtherField && (key === "y" || (key === "z" && event.shiftKey))) this.redo();
    else if (isControl && !isInOtherField && key === "z") this.undo();
    else if ((key === "?" || key === "？") && !isInOtherField && !this.table.place(event.target)) this.help();
    else if (event.ctrlKey && key === "/") this.help();
    else return;
    event.preventDefault();
  }

  // Replace the undo of the browser's menu, which covers only one field.
  handleBrowserUndo(event) {
    if (!/^history(?:Undo|Redo)$/.test(event.inputType) || !this.table.place(event.target)) return;
    event.preventDefault();
    if (document.querySelector("dialog[open]")) return;
    if (event.inputType === "historyUndo") this.undo();
    else this.redo();
  }
}
