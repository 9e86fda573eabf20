// Dialog that shows the current and the new text of each cell of a paste, and asks for confirmation.

import { isCell } from "./plan_result.js";
import { rowOf } from "../model/sheet.js";
import { message, quoted } from "../messages.js";

const MAX_ROWS = 400;

function makeCell(text, tag = "td") {
  const cell = document.createElement(tag);
  cell.textContent = text;
  return cell;
}

export class PasteDialog {
  constructor(dialog, { sheet, labelOf, classes }) {
    Object.assign(this, { dialog, sheet, labelOf, classes });
    dialog.querySelector("[data-paste]").addEventListener("click", () => dialog.close("paste"));
    dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close("cancel"));
  }

  // Ask; resolve to whether to paste. The focus returns to the field.
  ask({ wanted, overwritten, unplaced, added }, field) {
    const overwrittenPlaces = new Set(overwritten.map(({ place }) => place));
    const cells = wanted.filter(({ place }) => isCell(place));
    const summary = overwrittenPlaces.size ? "paste_summary" : "paste_summary_safe";
    this.dialog.querySelector("p").textContent = message(summary, { cells: cells.length, over: overwrittenPlaces.size, added });
    const classes = new Map(wanted.filter(({ place }) => place.endsWith(".node")).map(({ place, after }) => [rowOf(place), after]));
    const lines = cells.slice(0, MAX_ROWS).map((change) => this.line(change, overwrittenPlaces, classes.get(rowOf(change.place))));
    this.dialog.querySelector("tbody").replaceChildren(...lines);
    const notice = this.dialog.querySelector("[data-unplaced]");
    notice.hidden = !unplaced.length;
    notice.textContent = unplaced.length ? message("paste_unplaced", { count: unplaced.length, texts: unplaced.slice(0, 8).map(quoted).join("、") }) : "";
    this.dialog.returnValue = "";
    this.dialog.showModal();
    this.dialog.querySelector("[data-paste]").focus();
    return new Promise((resolve) => {
      this.dialog.addEventListener("close", () => {
        field.focus();
        resolve(this.dialog.returnValue === "paste");
      }, { once: true });
    });
  }

  newRowLabel(place, node) {
    return place.startsWith("tasks[") ? message("new_task") : message("new_row", { where: this.classes.name(node) });
  }

  // Build one row of the dialog; a new row is named after its class.
  line({ place, after }, overwrittenPlaces, node) {
    const line = document.createElement("tr");
    line.classList.toggle("over", overwrittenPlaces.has(place));
    line.append(makeCell(this.labelOf(place) || this.newRowLabel(place, node), "th"), makeCell(this.sheet.text(place)), makeCell(after));
    return line;
  }
}
