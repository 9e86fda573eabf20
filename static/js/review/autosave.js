// Save the draft of the review after a second of rest and on leaving the page; never during composition by an input
// method. The whole draft is sent, with a number one higher than that of the stored one: a draft of another window is
// never overwritten, but merged into this page first.

import { differing, isProse, joined } from "./fields.js";
import { message } from "../messages.js";
import { post, postLeaving } from "../saving/request.js";

const PAUSE = 1000;
const RETRY = 3000;

export class DraftAutosave extends EventTarget {
  constructor({ form, fields, copy, status }) {
    super();
    Object.assign(this, { form, fields, copy, status });
    this.number = Number(form.elements.number.value);
    this.stored = fields.current();
    this.timer = 0;
    this.sending = null;
    this.isComposing = false;
    this.isStopped = false;
    this.listen();
  }

  listen() {
    this.fields.addEventListener("change", () => this.changed());
    this.form.addEventListener("compositionstart", () => { this.isComposing = true; });
    this.form.addEventListener("compositionend", () => { this.isComposing = false; this.changed(); });
    this.form.addEventListener("focusout", () => { this.isComposing = false; });
    this.form.addEventListener("change", () => this.saveNow());
    window.addEventListener("online", () => this.saveNow());
    window.addEventListener("pagehide", () => this.saveOnLeaving());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.saveOnLeaving();
    });
    window.addEventListener("beforeunload", (event) => {
      if (!this.isStopped && !this.isClean && (this.status.isTroubled || !this.copy.isStored)) event.preventDefault();
    });
  }

  // Return the names of the fields that are not stored yet.
  get pending() {
    return differing(this.stored, this.fields.current());
  }

  get isClean() {
    return !this.sending && this.pending.length === 0;
  }

  changed() {
    if (this.isStopped) return;
    this.keepCopy();
    if (this.isClean) return this.status.settle({ isClean: true });
    if (!this.status.isTroubled) this.status.show("typing");
    this.saveAfter(this.status.isTroubled ? RETRY : PAUSE);
  }

  keepCopy() {
    const current = this.fields.current();
    this.copy.keep(this.pending.map((name) => ({ name, text: current.get(name) ?? "" })));
  }

  saveAfter(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.saveNow(), wait);
  }

  // Save until nothing is left that can be saved now.
  async saveNow() {
    clearTimeout(this.timer);
    for (;;) {
      while (this.sending) await this.sending;
      if (this.isStopped || this.isComposing) return;
      if (this.isClean) return this.status.settle({ isClean: true });
      this.status.show("saving");
      this.sending = this.send();
      if (!(await this.sending)) return;
    }
  }

  async send() {
    const sent = this.fields.current();
    const number = this.number + 1;
    const result = await post(this.form, this.form.dataset.draft, this.data(sent, number));
    this.sending = null;
    return this.handle(result, sent, number);
  }

  data(fields, number) {
    const { lock, revision, signature } = this.form.elements;
    const page = { person: this.form.dataset.user, lock: lock.value, revision: revision.value, signature: signature.value };
    return { ...page, number, fields: Object.fromEntries(fields) };
  }

  // Take in the outcome of a save; return whether to continue.
  handle({ outcome, answer, refusal }, sent, number) {
    if (outcome === "stored") return this.confirm(answer, sent, number);
    if (answer?.newer) return this.merge(answer.newer);
    if (outcome === "lost") {
      this.status.showTrouble(this.copy.isStored ? "offline" : "offline_unkept");
      this.saveAfter(RETRY);
    } else if (outcome === "expired") {
      this.status.showTrouble(this.copy.isStored ? "expired" : "offline_unkept");
      this.dispatchEvent(new Event("expired"));
    } else {
      this.status.showRefusal(refusal ?? message("unreadable"));
    }
    return false;
  }

  confirm(answer, sent, number) {
    this.stored = sent;
    this.setNumber(number);
    this.status.isTroubled = false;
    this.status.time = answer.saved_at;
    this.keepCopy();
    if (answer.notice) this.dispatchEvent(new CustomEvent("notice", { detail: answer.notice }));
    return true;
  }

  // Another window has saved: take over what was changed there and not here, join the texts changed in both; then save.
  merge({ number, saved_at: time, fields }) {
    const theirs = new Map(Object.entries(fields));
    const current = this.fields.current();
    const changedHere = new Set(this.pending);
    const changedThere = differing(this.stored, theirs);
    const contested = changedThere.filter((name) => changedHere.has(name) && current.get(name) !== theirs.get(name));
    this.stored = theirs;
    this.setNumber(number);
    this.status.time = time;
    const taken = changedThere.filter((name) => !changedHere.has(name));
    const both = contested.filter((name) => isProse(name) && current.has(name) && theirs.has(name));
    this.fields.apply([
      ...taken.map((name) => [name, theirs.get(name) ?? ""]),
      ...both.map((name) => [name, joined(current.get(name), theirs.get(name))]),
    ]);
    const sentence = message(contested.length ? "other_window_replaced" : "other_window", { time });
    if (changedThere.length) this.dispatchEvent(new CustomEvent("notice", { detail: sentence }));
    return true;
  }

  setNumber(number) {
    this.number = number;
    this.form.elements.number.value = number;
  }

  // The local copy covers what cannot be sent.
  saveOnLeaving() {
    if (this.isStopped || this.isComposing || !this.pending.length) return;
    const number = this.number + (this.sending ? 2 : 1);
    postLeaving(this.form, this.form.dataset.draft, this.data(this.fields.current(), number));
  }

  // Stop before the form is posted.
  stop() {
    this.isStopped = true;
    clearTimeout(this.timer);
  }
}
