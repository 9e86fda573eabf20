// Batches of changes of the table, numbered so that the server knows their order and stores each once.

import { newId, post, postLeaving } from "./request.js";

export class Server {
  constructor(form) {
    this.form = form;
    this.window = newId();
    this.count = 0;
    this.since = Number(form.elements.since.value);
  }

  // Create a batch of changes with an id: a batch sent twice is stored once, and the server knows the order. The first
  // batch keeps the table as opened as a restore point.
  batch(changes, point = null) {
    this.count += 1;
    return { client_id: `${this.window}-${this.count}`, changes, point: point ?? (this.count === 1 ? "opened" : null) };
  }

  async send(batch) {
    const result = await post(this.form, this.form.dataset.changes, this.data(batch));
    if (result.outcome === "stored") this.since = Math.max(this.since, result.answer.edit);
    return result;
  }

  sendLeaving(batch) {
    postLeaving(this.form, this.form.dataset.changes, this.data(batch));
  }

  // Ask for the panels after a check of the whole table, without saving anything.
  check() {
    return post(this.form, this.form.dataset.changes, this.data({ client_id: `${this.window}-0`, changes: [], point: null }));
  }

  data({ client_id, changes, point }) {
    const checked = this.form.elements.checked.value !== "";
    return { client_id, person: Number(this.form.dataset.user), since: this.since, point, changes, checked };
  }
}
