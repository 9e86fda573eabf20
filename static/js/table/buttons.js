// Buttons of the fill-in page: row menus, adding rows, the bar above.

import { message } from "../messages.js";

const STEPS = { add: "addBelow", remove: "remove", split: "split" };

export class Buttons {
  constructor({ form, sheet, table, rows, history, autosave, answers, targetHints, toast, check, undo, redo, help }) {
    Object.assign(this, { form, sheet, table, rows, autosave, answers, targetHints, toast, check });
    form.addEventListener("click", (event) => this.clicked(event));
    form.addEventListener("submit", (event) => this.submitted(event));
    const press = { undo, redo, help };
    for (const [id, act] of Object.entries(press)) {
      const button = document.getElementById(id);
      button.hidden = false;
      button.addEventListener("click", act);
    }
    this.follow(history);
    history.addEventListener("change", () => this.follow(history));
    document.getElementById("print").addEventListener("click", (event) => this.print(event));
  }

  follow(history) {
    document.getElementById("undo").disabled = !history.canUndo;
    document.getElementById("redo").disabled = !history.canRedo;
  }

  // Handle buttons whose value is the place of a row.
  clicked(event) {
    const button = event.target.closest("button[name=row]");
    if (!button) return;
    event.preventDefault();
    button.closest("details")?.removeAttribute("open");
    this.step(button.dataset.step, button.value);
  }

  step(step, place) {
    if (step === "up" || step === "down") this.rows.move(place, step === "up" ? -1 : 1);
    else if (step === "target") this.targetHints.chooseAt(`${place}.target`);
    else if (step === "class") this.rows.putIntoClass(place, this.table.field(`${place}.node`).value);
    else if (step === "add" && (place === "duties" || place === "tasks")) this.rows.addLast(place);
    else if (step === "add" && place.startsWith("nodes[")) this.rows.addIndicator(place.slice("nodes[".length, -1));
    else this.rows[STEPS[step]](place);
  }

  // The buttons 保存 and 核对全表 act on the page, as does 提交送签 while there are errors. Otherwise the form is posted
  // once everything is saved; what is not saved stays on the page with a message.
  async submitted(event) {
    if (this.isPosting) return;
    event.preventDefault();
    const { submitter } = event;
    if (submitter?.id === "check") return this.check.run();
    if (submitter?.id === "submit") {
      const errors = await this.check.run();
      if (errors) this.toast.show(message("not_submitted"));
      if (errors !== 0) return;
    } else {
      await this.answers.saveNow();
      await this.autosave.saveNow();
      if (!this.autosave.isClean || !this.answers.isClean) return this.toast.show(this.check.refusal ?? message("not_all_saved"));
      if (submitter?.id === "save") return;
    }
    this.autosave.stop();
    this.isPosting = true;
    this.markAllAsStored();
    // A form cannot be submitted from within its own submit event.
    setTimeout(() => this.form.requestSubmit(submitter));
  }

  // Set the initial values to the stored texts, so that the posted form changes nothing.
  markAllAsStored() {
    for (const field of this.table.fields.values()) {
      const initial = this.form.elements[`initial-${field.name}`];
      if (initial) initial.value = field.value;
    }
  }

  // Save before printing: the PDF is made from the stored filing.
  async print(event) {
    if (this.autosave.isClean) return;
    event.preventDefault();
    await this.autosave.saveNow();
    if (this.autosave.isClean) location.assign(event.target.href);
  }
}
