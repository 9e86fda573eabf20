// Pasting into the table: a block fills the cells from where the caret is, duties are cut at their numerals, a single value
// is text. What was typed is written over only after it was shown.

import { blockOf } from "./clipboard.js";
import { form } from "../model/edition.js";
import { plan } from "./plan_indicators.js";
import { leading, splitAtNumerals } from "../model/numerals.js";
import { isCell } from "./plan_result.js";
import { rowOf } from "../model/sheet.js";
import { words } from "../messages.js";

// Lines without a table are one text there, and elsewhere a column of cells.
const LONG_TEXT = /\.(content|explanation|scoring|note)$/;

export class Paste {
  constructor({ element, sheet, table, history, told, rows, classes, autosave, dialog, undo }) {
    Object.assign(this, { sheet, table, history, told, rows, classes, autosave, dialog, undo });
    element.addEventListener("paste", (event) => this.pasted(event));
  }

  pasted(event) {
    const field = event.target;
    const place = this.table.place(field);
    if (!place || field.tagName === "SELECT") return;
    const plain = event.clipboardData.getData("text/plain");
    const html = event.clipboardData.getData("text/html");
    event.preventDefault();
    // A picture, say.
    if (!plain && !html) return;
    if (place.startsWith("duties[")) this.intoDuties(field, place, plain);
    else if (/^(amounts|tasks|indicators)\[/.test(place)) this.intoCells(field, place, html, plain);
    else this.asText(field, plain);
  }

  // As the browser would do it, without what Excel puts around a single cell: a line break behind it, the TABs of empty
  // neighbours, quotes where it has lines of its own.
  asText(field, plain, isFromTable = false) {
    let text = plain.replace(/\r\n?/g, "\n").replace(/[\t\n]+$/, "");
    if (isFromTable) text = text.trim().replace(/^"(.*\n.*)"$/s, (_, quoted) => quoted.replaceAll('""', '"'));
    field.setRangeText(field.tagName === "INPUT" ? text.replace(/\s*\n\s*/g, " ") : text, field.selectionStart, field.selectionEnd, "end");
    this.history.close();
    field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
    this.history.close();
  }

  intoDuties(field, place, plain) {
    const pieces = splitAtNumerals(plain.replace(/\r\n?/g, "\n"));
    if (pieces.length < 2) return this.asText(field, plain);
    const row = rowOf(place);
    const text = this.sheet.text(place).trim();
    const isBlank = !text || leading(text)?.length === text.length;
    const texts = isBlank ? pieces : [text, ...pieces];
    const now = this.sheet.rows("duties").length;
    if (now + texts.length - 1 > form.most.duties) {
      return this.told.say(words("too_many_rows", { count: pieces.length, now, most: form.most.duties }));
    }
    this.land(this.rows.splitInto(row, texts), place, words("duties_pasted", { count: pieces.length }));
  }

  async intoCells(field, place, html, plain) {
    const block = blockOf(html, plain);
    const isFromTable = /<table/i.test(html);
    const isProse = LONG_TEXT.test(place) && block?.columns === 1 && !isFromTable;
    if (!block || isProse) return this.asText(field, plain, isFromTable);
    const found = plan(block, place, this.sheet, this.classes);
    if (found.tooMany) return this.told.say(words("too_many_rows", { ...found.tooMany, count: block.rows ?? found.tooMany.count }));
    if (!found.wanted.length && !found.left.length) return this.told.say(words("nothing_pasted"));
    const isSafe = !found.overwritten.length && !found.left.length;
    const seen = new Map(found.wanted.map(({ place: at }) => [at, this.sheet.text(at)]));
    if (isSafe || (await this.dialog.ask(found, field))) {
      if ([...seen].some(([at, text]) => this.sheet.text(at) !== text)) return this.told.say(words("table_changed"));
      const cells = found.wanted.filter(({ place: at }) => isCell(at)).length;
      this.land(found.wanted, place, words("block_pasted", { cells, added: found.added }));
    }
  }

  land(wanted, place, sentence) {
    this.autosave.mark("paste");
    const changes = this.sheet.take(wanted, "paste");
    if (!changes.length) return;
    this.history.push(changes, place);
    this.told.say(sentence, words("undo"), this.undo);
    this.table.focus(place, { atEnd: true });
  }
}
