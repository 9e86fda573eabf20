// Save answers to remarks after a second of rest, when a field is left, and on leaving the page. The default value of a
// field is what is stored. A save names it and what was sent since then, which may be stored by now. An answer that
// another window has changed is saved only on request.

import { makeButton, setText } from "../elements.js";
import { message } from "../messages.js";
import { post, postLeaving } from "./request.js";

const PAUSE = 1000;
const RETRY = 3000;
// Answers sent since the stored one that a save names. A request that outlives its page must not be larger.
const MOST_SENT = 10;

export class Answers extends EventTarget {
  constructor({ form, status }) {
    super();
    Object.assign(this, { form, status });
    this.answers = [...form.querySelectorAll(".answer-fields")].map((element) => new Answer(element, form));
    this.sending = null;
    this.isComposing = false;
    if (this.answers.length) this.listen();
  }

  listen() {
    for (const { element } of this.answers) {
      element.addEventListener("input", () => this.changed());
      element.addEventListener("change", () => this.saveNow());
      element.addEventListener("compositionstart", () => { this.isComposing = true; });
      element.addEventListener("compositionend", () => { this.isComposing = false; this.changed(); });
    }
    window.addEventListener("online", () => this.saveNow());
    window.addEventListener("pagehide", () => this.saveOnLeaving());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.saveOnLeaving();
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.isComposing || (!this.isClean && (this.status.isTroubled || this.blocked.length))) event.preventDefault();
    });
  }

  get pending() {
    return this.answers.filter((answer) => answer.isPending && !answer.isBlocked && !answer.isRejected);
  }

  get blocked() {
    return this.answers.filter(({ isBlocked, isRejected }) => isBlocked || isRejected);
  }

  get isClean() {
    return !this.sending && !this.answers.some(({ isPending }) => isPending);
  }

  changed() {
    this.status.show("typing");
    this.saveAfter(this.status.isTroubled ? RETRY : PAUSE);
  }

  saveAfter(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.saveNow(), wait);
  }

  // Save until nothing is left that can be saved now.
  async saveNow() {
    clearTimeout(this.timer);
    while (this.sending) await this.sending;
    const [next] = this.pending;
    if (this.isComposing) return;
    if (!next) return this.settle();
    this.status.show("saving");
    this.sending = this.send(next);
    const isDone = await this.sending;
    this.sending = null;
    if (isDone) await this.saveNow();
  }

  // Send an answer; return whether to continue with the next one.
  async send(answer) {
    const sent = answer.send();
    const { outcome, answer: stored, refusal } = await post(this.form, this.form.dataset.answers, sent);
    if (outcome === "stored") {
      answer.store(sent, stored.unprintable);
      this.status.isTroubled = false;
      this.status.time = stored.saved_at;
    } else if (outcome === "lost") {
      this.status.showTrouble("offline_answer");
      this.saveAfter(RETRY);
    } else if (outcome === "expired") {
      this.status.showTrouble("expired_answer");
      this.dispatchEvent(new Event("expired"));
    } else if (stored?.stored && answer.hasSent(stored.stored)) {
      // A save sent later has overtaken this one.
      answer.release(stored.stored);
      return true;
    } else if (stored?.stored) {
      answer.block(refusal, () => {
        answer.release(stored.stored);
        this.saveNow();
      });
      return true;
    } else if (stored?.too_long) {
      answer.reject(sent.text, refusal);
      return true;
    } else {
      this.status.showRefusal(refusal ?? message("unreadable"));
    }
    return outcome === "stored";
  }

  settle() {
    if (!this.answers.length) return;
    if (this.answers.some(({ isBlocked }) => isBlocked)) this.status.show("answer_unsaved", {}, true);
    else if (this.blocked.length) this.status.show("answer_too_long", {}, true);
    else this.status.settle({ isClean: this.isClean });
  }

  saveOnLeaving() {
    if (this.isComposing) return;
    for (const answer of this.pending) postLeaving(this.form, this.form.dataset.answers, answer.send());
  }
}

// The fields of one answer: a text, and radios of the choice.
class Answer {
  constructor(element, form) {
    Object.assign(this, { element, form });
    this.area = element.querySelector("textarea");
    this.radios = [...element.querySelectorAll("input[type=radio]")];
    this.notice = element.querySelector("[data-notice]");
    this.prefix = this.area.name.slice(0, -"text".length);
    this.isBlocked = false;
    this.rejected = null;
    this.sent = [];
  }

  // A text that the server has found too long is sent again only once it has changed.
  get isRejected() {
    return this.rejected === this.area.value;
  }

  get choice() {
    return this.radios.find(({ checked }) => checked)?.value ?? "";
  }

  get isPending() {
    return this.area.value !== this.area.defaultValue || this.radios.some((radio) => radio.checked !== radio.defaultChecked);
  }

  get stored() {
    return { text: this.area.defaultValue, choice: this.radios.find(({ defaultChecked }) => defaultChecked)?.value ?? "" };
  }

  // Return the data of a save, and remember that it was sent.
  send() {
    const remark = Number(this.form.elements[`${this.prefix}remark`].value);
    const answer = { text: this.area.value, choice: this.choice };
    const seen = [this.stored, ...this.sent];
    this.sent = [...this.sent, answer].slice(-MOST_SENT);
    return { person: Number(this.form.dataset.user), remark, seen, ...answer };
  }

  hasSent(answer) {
    return this.sent.some((each) => isSame(each, answer));
  }

  store(answer, unprintable) {
    this.sent = this.sent.slice(this.sent.findIndex((each) => isSame(each, answer)) + 1);
    this.setStored(answer);
    this.show(unprintable);
  }

  setStored({ text, choice }) {
    this.area.defaultValue = text;
    for (const radio of this.radios) radio.defaultChecked = radio.value === choice;
    this.form.elements[`${this.prefix}seen`].value = text;
    this.form.elements[`${this.prefix}seen_choice`].value = choice;
  }

  block(refusal, save) {
    this.isBlocked = true;
    this.show(refusal);
    this.notice.append(" ", makeButton(message("save_my_answer"), "btn btn-sm btn-outline-secondary", save));
  }

  reject(text, refusal) {
    this.rejected = text;
    this.sent = this.sent.filter((each) => each.text !== text);
    this.show(`${message("not_saved")}${refusal}`);
  }

  // Save over the stored answer.
  release(stored) {
    this.isBlocked = false;
    this.setStored(stored);
  }

  show(sentence) {
    setText(this.notice, sentence);
    this.notice.hidden = !sentence;
  }
}

function isSame(one, other) {
  return one.text === other.text && one.choice === other.choice;
}
