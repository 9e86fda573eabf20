// Shows what of a pasted block lands where, beside what stands there now, and asks.

import { quoted, words } from "./words.js";

const SHOWN = 400;

function cell(text, tag = "td") {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

export class PasteDialog {
  constructor(dialog, { sheet, labelOf }) {
    Object.assign(this, { dialog, sheet, labelOf });
    dialog.querySelector("[data-go]").addEventListener("click", () => dialog.close("go"));
    dialog.querySelector("[data-stay]").addEventListener("click", () => dialog.close("stay"));
  }

  // Resolves to whether to paste; the caret goes back to the field.
  ask({ wanted, overwritten, left, added }, field) {
    const over = new Set(overwritten.map(({ place }) => place));
    const cells = wanted.filter(({ place }) => /\.(name|target)$|^amounts/.test(place));
    this.dialog.querySelector("p").textContent = words("paste_summary", { cells: cells.length, over: over.size, added });
    this.dialog.querySelector("tbody").replaceChildren(...cells.slice(0, SHOWN).map((change) => this.line(change, over)));
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

  line({ place, after }, over) {
    const line = document.createElement("tr");
    line.classList.toggle("over", over.has(place));
    line.append(cell(this.labelOf(place) || words("new_row"), "th"), cell(this.sheet.text(place)), cell(after));
    return line;
  }
}
