// Saves changed cells after a second of rest, when a field is left, and never while an input method composes.
// A save that the network lost is sent again under the same id: the server stores it once.

import { Saved } from "./saved.js";

const REST = 1000;
const RETRY = 5000;

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Logging in again on another page changes the token: the cookie's is the one that counts, for the form's own posts too.
function currentToken(form) {
  const field = form.elements.csrfmiddlewaretoken;
  field.value = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? field.value;
  return field.value;
}

export class Autosave {
  constructor(form, cells, followSums) {
    this.form = form;
    this.cells = cells;
    this.saved = new Saved(form, cells, followSums);
    this.timer = 0;
    this.sending = null;
    this.lost = null;
    this.isComposing = false;
    this.isStopped = false;
    this.listen();
  }

  get toSave() {
    return this.cells.filter((cell) => !cell.held && cell.isChanged);
  }

  get hasChanges() {
    return this.sending !== null || this.cells.some((cell) => cell.isChanged);
  }

  get isBusy() {
    return this.sending !== null;
  }

  listen() {
    this.form.addEventListener("compositionstart", () => { this.isComposing = true; });
    this.form.addEventListener("compositionend", (event) => { this.isComposing = false; this.typed(event.target); });
    this.form.addEventListener("input", (event) => this.typed(event.target));
    this.form.addEventListener("change", () => this.saveNow());
    window.addEventListener("beforeunload", (event) => {
      if (!this.isStopped && this.hasChanges) event.preventDefault();
    });
  }

  typed(field) {
    const cell = this.cells.find((one) => one.field === field);
    if (!cell) return;
    cell.release();
    if (this.isComposing) return;
    this.saved.say("typing");
    this.restThen(REST);
  }

  restThen(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.saveNow(), wait);
  }

  // Everything, also what was held back because someone else was there first: the person has read that and insists.
  saveAll() {
    this.cells.forEach((cell) => cell.release());
    return this.settled().then(() => this.saveNow()).then(() => this.saved.confirm(this.toSave.length === 0));
  }

  saveNow() {
    clearTimeout(this.timer);
    if (this.isComposing || this.isStopped) return Promise.resolve();
    if (this.sending) return this.sending.then(() => this.saveNow());
    const work = this.lost ?? this.work();
    if (!work) return Promise.resolve();
    this.saved.say("saving");
    this.sending = this.send(work).finally(() => { this.sending = null; });
    return this.sending;
  }

  work() {
    const changes = this.toSave.map((cell) => cell.change);
    return changes.length ? { client_id: newId(), changes } : null;
  }

  async send(work) {
    try {
      const response = await fetch(this.form.dataset.changes, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": currentToken(this.form) },
        body: JSON.stringify(work),
      });
      this.lost = null;
      await this.saved.show(response, work.changes);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.lost = work;
      this.saved.say("offline");
      this.restThen(RETRY);
    }
  }

  settled() {
    return this.sending ?? Promise.resolve();
  }

  // The form itself is being posted, with all that is on the page.
  stop() {
    this.isStopped = true;
    clearTimeout(this.timer);
  }
}
