// Shows what of a pasted block lands where, beside what stands there now, and asks.

import { isCell } from "./plan_result.js";
import { rowOf } from "../model/sheet.js";
import { quoted, words } from "../messages.js";

const SHOWN = 400;

function cell(text, tag = "td") {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

export class PasteDialog {
  constructor(dialog, { sheet, labelOf, classes }) {
    Object.assign(this, { dialog, sheet, labelOf, classes });
    dialog.querySelector("[data-go]").addEventListener("click", () => dialog.close("go"));
    dialog.querySelector("[data-stay]").addEventListener("click", () => dialog.close("stay"));
  }

  // Resolves to whether to paste; the caret goes back to the field.
  ask({ wanted, overwritten, left, added }, field) {
    const over = new Set(overwritten.map(({ place }) => place));
    const cells = wanted.filter(({ place }) => isCell(place));
    const summary = over.size ? "paste_summary" : "paste_summary_safe";
    this.dialog.querySelector("p").textContent = words(summary, { cells: cells.length, over: over.size, added });
    const classes = new Map(wanted.filter(({ place }) => place.endsWith(".node")).map(({ place, after }) => [rowOf(place), after]));
    const lines = cells.slice(0, SHOWN).map((change) => this.line(change, over, classes.get(rowOf(change.place))));
    this.dialog.querySelector("tbody").replaceChildren(...lines);
    const rest = this.dialog.querySelector("[data-left]");
    rest.hidden = !left.length;
    rest.textContent = left.length ? words("paste_left", { count: left.length, texts: left.slice(0, 8).map(quoted).join("、") }) : "";
    this.dialog.returnValue = "";
    this.dialog.showModal();
    this.dialog.querySelector("[data-go]").focus();
    return new Promise((resolve) => {
      this.dialog.addEventListener("close", () => {
        field.focus();
        resolve(this.dialog.returnValue === "go");
      }, { once: true });
    });
  }

  newRow(place, node) {
    return place.startsWith("tasks[") ? words("new_task") : words("new_row", { where: this.classes.name(node) });
  }

  // A row that is still to be made is called after its class.
  line({ place, after }, over, node) {
    const line = document.createElement("tr");
    line.classList.toggle("over", over.has(place));
    line.append(cell(this.labelOf(place) || this.newRow(place, node), "th"), cell(this.sheet.text(place)), cell(after));
    return line;
  }
}
