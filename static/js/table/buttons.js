// What can be clicked: rows' menus and the buttons to add, the bar above. Each does what a key does, on this page; without
// scripts the same buttons post the form.

import { words } from "../messages.js";

const STEPS = { add: "addBelow", remove: "remove", split: "split" };

export class Buttons {
  constructor({ form, sheet, table, rows, history, autosave, targets, told, undo, redo, help }) {
    Object.assign(this, { form, sheet, table, rows, autosave, targets, told });
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
    // Answers to remarks are saved with the form alone.
    window.addEventListener("beforeunload", (event) => {
      if (!this.isPosting && this.hasAnswers) event.preventDefault();
    });
  }

  follow(history) {
    document.getElementById("undo").disabled = !history.canUndo;
    document.getElementById("redo").disabled = !history.canRedo;
  }

  // Buttons with a row's place as their value.
  clicked(event) {
    const button = event.target.closest("button[name=row]");
    if (!button) return;
    event.preventDefault();
    button.closest("details")?.removeAttribute("open");
    this.step(button.dataset.step, button.value);
  }

  step(step, at) {
    if (step === "up" || step === "down") this.rows.move(at, step === "up" ? -1 : 1);
    else if (step === "understood") this.targets.chooseAt(`${at}.target`);
    else if (step === "class") this.rows.putIntoClass(at, this.table.field(`${at}.node`).value);
    else if (step === "add" && (at === "duties" || at === "tasks")) this.rows.addLast(at);
    else if (step === "add" && at.startsWith("nodes[")) this.rows.addIndicator(at.slice("nodes[".length, -1));
    else this.rows[STEPS[step]](at);
  }

  get hasAnswers() {
    return [...this.form.querySelectorAll("textarea.answer")].some((field) => field.value !== field.defaultValue);
  }

  // The save button stays on the page, unless answers are to be kept too: they travel with the form. Every other button
  // posts the form once all is saved; what could not be saved stays here, with its sentence.
  async submitted(event) {
    if (this.isPosting) return;
    event.preventDefault();
    await this.autosave.saveNow();
    const isSave = event.submitter?.id === "save";
    if (!this.autosave.isClean) return this.told.say(words("not_all_saved"));
    if (isSave && !this.hasAnswers) return;
    this.autosave.stop();
    this.isPosting = true;
    this.nothingIsTyped();
    // A form that is still telling of its submission takes no other.
    setTimeout(() => this.form.requestSubmit(event.submitter));
  }

  // All of it is saved: what the form posts is what this page has seen stored, no change of anything.
  nothingIsTyped() {
    for (const [place, field] of this.table.fields) {
      const seen = this.form.elements[`initial-${field.name}`];
      if (seen) seen.value = field.value;
    }
  }

  // What is printed is what is stored.
  async print(event) {
    if (this.autosave.isClean) return;
    event.preventDefault();
    await this.autosave.saveNow();
    if (this.autosave.isClean) location.assign(event.target.href);
  }
}
