// Remarks on rows: opening the field of a row, writing a finding down as a remark, and the list of what is written.

import { message } from "../messages.js";
import { setText } from "../elements.js";

export class Remarks {
  constructor({ form, fields, list, none, count }) {
    Object.assign(this, { form, fields, list, none, count });
    this.editors = new Map([...form.querySelectorAll(".remark-field")].map((editor) => [editor.dataset.place, editor]));
    fields.addEventListener("change", () => this.render());
    form.addEventListener("toggle", ({ target }) => this.toggled(target), true);
    this.render();
  }

  // Open the field of a row with the caret at its end; return whether the row has one.
  open(place) {
    const editor = this.editors.get(place);
    if (!editor) return false;
    editor.open = true;
    editor.scrollIntoView({ block: "nearest" });
    const area = editor.querySelector("textarea");
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
    return true;
  }

  // Write a finding down at its row, below what is there already.
  addFinding({ place, message: text, finding }) {
    const area = this.editors.get(place)?.querySelector("textarea");
    if (!area) return false;
    if (!area.value.includes(text)) {
      this.fields.apply([[area.name, area.value.trim() ? `${area.value}\n${text}` : text], [`finding:${place}`, finding]]);
    }
    return this.open(place);
  }

  // Only one field is open at a time; the others would cover the table.
  toggled(editor) {
    if (!editor.matches(".remark-field") || !editor.open) return;
    for (const other of this.editors.values()) if (other !== editor) other.open = false;
  }

  closeAll() {
    const open = [...this.editors.values()].filter((editor) => editor.open);
    for (const editor of open) editor.open = false;
    open[0]?.querySelector("summary").focus();
    return open.length > 0;
  }

  // Return what is written: [{place, name, text, isInternal}], in the order of the page.
  written() {
    const current = this.fields.current();
    return [...this.editors].filter(([place]) => current.has(`remark:${place}`)).map(([place, editor]) => ({
      place,
      name: editor.dataset.name,
      text: current.get(`remark:${place}`),
      isInternal: current.has(`internal:${place}`),
    }));
  }

  // Return the names of the rows whose earlier remarks are disputed.
  disputed() {
    const chosen = this.form.querySelectorAll(".settle input[value=disputed]:checked");
    return [...chosen].map((radio) => radio.closest("[data-name]").dataset.name);
  }

  render() {
    const written = this.written();
    for (const [place, editor] of this.editors) {
      const text = editor.querySelector("textarea").value.trim();
      editor.classList.toggle("blank", !text);
      setText(editor.querySelector("summary"), text || message("write_remark"));
      if (!text) this.form.elements[`finding:${place}`].value = "";
    }
    this.list.replaceChildren(...written.map((remark) => this.item(remark)));
    this.none.hidden = written.length > 0;
    setText(this.count, String(written.length));
  }

  item({ place, name, text, isInternal }) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "as-link", textContent: name });
    button.dataset.open = place;
    item.append(button, ` ${text}`);
    if (isInternal) {
      const mark = document.createElement("span");
      Object.assign(mark, { className: "state", textContent: message("internal") });
      item.append(" ", mark);
    }
    return item;
  }
}
