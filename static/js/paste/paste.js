// Handle pasting into the table: a block fills cells from the caret on, duties are split at their numerals, a single
// value is inserted as text. Overwriting needs confirmation.

import { blockOf } from "./clipboard.js";
import { edition } from "../model/edition.js";
import { planPaste } from "./plan.js";
import { leadingNumeral, splitAtNumerals } from "../model/numerals.js";
import { isCell } from "./plan_result.js";
import { rowOf } from "../model/sheet.js";
import { message } from "../messages.js";

// Columns where several lines without a table are one text; elsewhere they are a column of cells.
const LONG_TEXT = /\.(content|explanation|scoring|note)$/;

export class Paste {
  constructor({ element, sheet, table, history, toast, rows, classes, autosave, dialog, undo }) {
    Object.assign(this, { sheet, table, history, toast, rows, classes, autosave, dialog, undo });
    element.addEventListener("paste", (event) => this.pasted(event));
  }

  pasted(event) {
    const field = event.target;
    const place = this.table.place(field);
    if (!place || field.tagName === "SELECT") return;
    const plain = event.clipboardData.getData("text/plain");
    const html = event.clipboardData.getData("text/html");
    event.preventDefault();
    // Neither text nor HTML, e.g. an image.
    if (!plain && !html) return;
    if (place.startsWith("duties[")) this.pasteIntoDuties(field, place, plain);
    else if (/^(amounts|tasks|indicators)\[/.test(place)) this.pasteIntoCells(field, place, html, plain);
    else this.pasteAsText(field, plain);
  }

  // Insert as the browser would, without what Excel adds to a single cell: a trailing line break, TABs of blank
  // neighbours, quotes around several lines.
  pasteAsText(field, plain, isFromTable = false) {
    let text = plain.replace(/\r\n?/g, "\n").replace(/[\t\n]+$/, "");
    if (isFromTable) text = text.trim().replace(/^"(.*\n.*)"$/s, (_, quoted) => quoted.replaceAll('""', '"'));
    field.setRangeText(field.tagName === "INPUT" ? text.replace(/\s*\n\s*/g, " ") : text, field.selectionStart, field.selectionEnd, "end");
    this.history.close();
    field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
    this.history.close();
  }

  pasteIntoDuties(field, place, plain) {
    const pieces = splitAtNumerals(plain.replace(/\r\n?/g, "\n"));
    if (pieces.length < 2) return this.pasteAsText(field, plain);
    const row = rowOf(place);
    const text = this.sheet.text(place).trim();
    const isBlank = !text || leadingNumeral(text)?.length === text.length;
    const texts = isBlank ? pieces : [text, ...pieces];
    const now = this.sheet.rows("duties").length;
    if (now + texts.length - 1 > edition.most.duties) {
      return this.toast.show(message("too_many_rows", { count: pieces.length, now, most: edition.most.duties }));
    }
    this.apply(this.rows.splitInto(row, texts), place, message("duties_pasted", { count: pieces.length }));
  }

  async pasteIntoCells(field, place, html, plain) {
    const block = blockOf(html, plain);
    const isFromTable = /<table/i.test(html);
    const isProse = LONG_TEXT.test(place) && block?.columns === 1 && !isFromTable;
    if (!block || isProse) return this.pasteAsText(field, plain, isFromTable);
    const plan = planPaste(block, place, this.sheet, this.classes);
    if (plan.tooMany) return this.toast.show(message("too_many_rows", { ...plan.tooMany, count: block.rows ?? plan.tooMany.count }));
    if (!plan.wanted.length && !plan.unplaced.length) return this.toast.show(message("nothing_pasted"));
    const isSafe = !plan.overwritten.length && !plan.unplaced.length;
    const textsBefore = new Map(plan.wanted.map((change) => [change.place, this.sheet.text(change.place)]));
    if (isSafe || (await this.dialog.ask(plan, field))) {
      if ([...textsBefore].some(([changed, text]) => this.sheet.text(changed) !== text)) return this.toast.show(message("table_changed"));
      const cells = plan.wanted.filter((change) => isCell(change.place)).length;
      this.apply(plan.wanted, place, message("block_pasted", { cells, added: plan.added }));
    }
  }

  apply(wanted, place, sentence) {
    this.autosave.markRestorePoint("paste");
    const changes = this.sheet.apply(wanted, "paste");
    if (!changes.length) return;
    this.history.push(changes, place);
    this.toast.show(sentence, message("undo"), this.undo);
    this.table.focus(place, { atEnd: true });
  }
}
