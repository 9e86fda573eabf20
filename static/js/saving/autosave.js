// Saves what has changed: after a second of rest, when a cell is left, when the page is left; never while an input method
// composes, and what comes back then waits too. One save is under way at a time; one that was lost is sent again under
// its own id.

import { longestAt } from "../model/edition.js";
import { rowOf, isRow } from "../model/sheet.js";
import { words } from "../messages.js";

const REST = 1000;
const RETRY = 3000;

export class Autosave extends EventTarget {
  constructor({ form, sheet, typing, server, copy, asks, line }) {
    super();
    Object.assign(this, { form, sheet, typing, server, copy, asks, line });
    this.timer = 0;
    this.sending = null;
    // What was sent and not answered: the save under way or lost, and one that was sent after it on leaving the page.
    this.work = null;
    this.later = null;
    this.news = new Map();
    this.point = null;
    this.isStopped = false;
    this.listen();
  }

  listen() {
    this.sheet.addEventListener("change", ({ detail }) => {
      if (detail.by !== "server") this.changed();
    });
    this.typing.addEventListener("rested", () => {
      if (!this.isClean) this.restThen(REST);
    });
    this.form.addEventListener("change", () => this.saveNow());
    window.addEventListener("online", () => this.saveNow());
    window.addEventListener("pagehide", () => this.leave());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.leave();
    });
    window.addEventListener("beforeunload", (event) => {
      if (!this.isStopped && this.isAtRisk) event.preventDefault();
    });
  }

  // The newest text that is under way, by place.
  get sent() {
    const works = [this.work, this.later].filter(Boolean);
    return new Map(works.flatMap(({ changes }) => changes.map(({ place, after }) => [place, after])));
  }

  // Everything that the server has not confirmed; what is under way and was changed back since is part of it.
  get unconfirmed() {
    const found = new Map(this.sheet.pending().map((change) => [change.place, change]));
    for (const [place, text] of this.sent) {
      const after = this.sheet.text(place);
      if (after !== text) found.set(place, { place, before: this.sheet.storedText(place), after });
    }
    return [...found.values()];
  }

  get isClean() {
    return !this.work && !this.later && this.sheet.pending().length === 0;
  }

  // Leaving now would rely on the copy in this browser alone.
  get isAtRisk() {
    return this.typing.isComposing || (!this.isClean && (this.line.isTroubled || !this.copy.isKept));
  }

  changed() {
    this.keepCopy();
    if (this.isStopped) return;
    if (!this.line.isTroubled) this.line.say("typing");
    this.restThen(this.line.isTroubled ? RETRY : REST);
  }

  keepCopy() {
    this.copy.keep(this.unconfirmed, this.sent);
  }

  restThen(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.saveNow(), wait);
  }

  // The next save keeps what was stored before it as a restore point.
  mark(point) {
    this.point = point;
  }

  // Goes on until nothing is left that can be saved just now.
  async saveNow() {
    clearTimeout(this.timer);
    for (;;) {
      while (this.sending) await this.sending;
      if (this.isStopped || this.typing.isComposing) return;
      if (!this.work) {
        this.work = this.later ?? this.nextWork();
        this.later = null;
      }
      if (!this.work) return this.line.rest(this);
      this.line.say("saving");
      this.keepCopy();
      this.sending = this.send();
      if (!(await this.sending)) return;
    }
  }

  // Answers whether to go on. What an answer does to the page would break off a composition.
  async send() {
    const outcome = await this.server.send(this.work);
    await this.typing.rest();
    this.sending = null;
    return this.came(outcome);
  }

  nextWork() {
    const changes = this.withoutTooLong(this.unconfirmed.filter(({ place }) => !this.asks.holds(place)));
    if (!changes.length) return null;
    const work = this.server.work(changes, this.point);
    this.point = null;
    return work;
  }

  // What is longer than a cell takes does not travel, and does not hold up the rest.
  withoutTooLong(changes) {
    return changes.filter(({ place, after }) => {
      const longest = longestAt(place);
      const count = after.length > longest ? [...after].length : 0;
      if (count > longest) this.asks.refusal({ place, said: words("too_long", { count, longest }) });
      return count <= longest;
    });
  }

  came({ fate, answer, refusal }) {
    if (fate === "stored") return this.stored(answer);
    if (fate === "lost") {
      this.line.trouble(this.copy.isKept ? "offline" : "offline_unkept");
      this.restThen(RETRY);
    } else if (fate === "expired") {
      this.line.trouble(this.copy.isKept ? "expired" : "offline_unkept");
      this.dispatchEvent(new Event("expired"));
    } else {
      this.point = this.work.point;
      this.work = null;
      this.line.refuse(refusal ?? words("unreadable"));
    }
    return false;
  }

  stored(answer) {
    const sent = new Map(this.work.changes.map(({ place, after }) => [place, after]));
    this.work = null;
    this.line.isTroubled = false;
    for (const place of answer.applied) {
      this.sheet.store(place, sent.get(place));
      this.news.delete(place);
    }
    // Rows first: one that comes back into view has the cells that are asked about.
    const conflicts = [...answer.conflicts].sort((a, b) => isRow(b.place) - isRow(a.place));
    for (const conflict of conflicts) this.asks.conflict(conflict, sent.get(conflict.place));
    for (const refusal of answer.refused) this.asks.refusal(refusal);
    for (const [place, text] of Object.entries(answer.news)) this.news.set(place, text);
    this.learn();
    this.keepCopy();
    this.line.time = answer.saved_at || this.line.time;
    this.dispatchEvent(new CustomEvent("saved", { detail: answer }));
    this.line.rest(this);
    return true;
  }

  // What others have saved meanwhile goes into every cell that nobody has touched here; the rest waits until it is free.
  learn() {
    const free = [];
    for (const [place, text] of this.news) {
      if (this.isTouched(place, text)) continue;
      this.news.delete(place);
      if (!this.asks.renew(place, text)) free.push({ place, after: text });
    }
    for (const { place, after } of free) this.sheet.store(place, after);
    const changes = this.sheet.take(free, "server");
    if (changes.length) this.dispatchEvent(new CustomEvent("news", { detail: changes }));
  }

  // A row that another has removed stays as long as something in it is unsaved or asked about.
  isTouched(place, text) {
    if (this.asks.isAsked(place)) return false;
    if (this.differs(place)) return true;
    return isRow(place) && !text && [...this.sheet.now.keys()].some(
      (cell) => rowOf(cell) === place && (this.differs(cell) || this.asks.isAsked(cell)),
    );
  }

  differs(place) {
    return this.sheet.text(place) !== this.sheet.storedText(place);
  }

  // The page may be gone in a moment: what can be sent is sent, and the copy holds it all the same. Should the page stay,
  // the same save is sent again under its id, and its answer heard.
  leave() {
    if (this.isStopped || this.typing.isComposing) return;
    this.keepCopy();
    if (!this.sending) this.work ??= this.nextWork();
    else this.later ??= this.laterWork();
    const work = this.sending ? this.later : this.work;
    if (work) this.server.sendLeaving(work);
  }

  laterWork() {
    const { sent } = this;
    const changes = this.unconfirmed.filter(({ place, after }) => sent.get(place) !== after && !this.asks.holds(place));
    return changes.length ? this.server.work(this.withoutTooLong(changes)) : null;
  }

  // The form itself is being posted.
  stop() {
    this.isStopped = true;
    clearTimeout(this.timer);
  }
}
