// Saves what has changed: after a second of rest, when a cell is left, when the page is left; never while an input method
// composes. One save is under way at a time; one that was lost is sent again under its own id.

import { longestAt } from "./classes.js";
import { words } from "./words.js";

const REST = 1000;
const RETRY = 3000;

export class Autosave extends EventTarget {
  constructor({ form, sheet, typing, server, copy, asks, line }) {
    super();
    Object.assign(this, { form, sheet, typing, server, copy, asks, line });
    this.timer = 0;
    this.sending = null;
    this.work = null;
    this.point = null;
    this.isStopped = false;
    this.listen();
  }

  listen() {
    this.sheet.addEventListener("change", ({ detail }) => {
      if (detail.by !== "server") this.changed();
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

  // Everything that is to be saved and waits for nobody's decision. What is longer than a cell takes does not travel.
  get toSave() {
    const pending = this.sheet.pending().filter(({ place }) => !this.asks.holds(place));
    return pending.filter(({ place, after }) => {
      const longest = longestAt(place);
      const count = after.length > longest ? [...after].length : 0;
      if (count > longest) this.asks.refusal({ place, said: words("too_long", { count, longest }) });
      return count <= longest;
    });
  }

  get isClean() {
    return !this.work && this.sheet.pending().length === 0;
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
    this.copy.keep(this.sheet.pending(), new Map(this.work?.changes.map(({ place, after }) => [place, after])));
  }

  restThen(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.saveNow(), wait);
  }

  // The next save keeps what was stored before it as a restore point.
  mark(point) {
    this.point = point;
  }

  // Resolves when nothing more can be saved just now.
  async saveNow() {
    clearTimeout(this.timer);
    if (this.sending) await this.sending;
    if (this.isStopped || this.typing.isComposing || this.sending) return;
    this.work ??= this.nextWork();
    if (!this.work) return this.line.rest(this);
    this.line.say("saving");
    this.keepCopy();
    this.sending = this.server.send(this.work).then((outcome) => this.came(outcome)).finally(() => { this.sending = null; });
    const goesOn = await this.sending;
    if (goesOn && this.toSave.length && !this.typing.isComposing) await this.saveNow();
  }

  nextWork() {
    const changes = this.toSave;
    if (!changes.length) return null;
    const work = this.server.work(changes, this.point);
    this.point = null;
    return work;
  }

  // Answers whether to go on with what was typed meanwhile.
  came({ fate, answer, refusal }) {
    if (fate === "stored") return this.stored(answer);
    if (fate === "lost") {
      this.line.trouble(this.copy.isKept ? "offline" : "offline_unkept");
      this.restThen(RETRY);
    } else if (fate === "expired") {
      this.line.trouble(this.copy.isKept ? "expired" : "offline_unkept");
      this.dispatchEvent(new Event("expired"));
    } else {
      this.work = null;
      this.line.refuse(refusal ?? words("unreadable"));
    }
    return false;
  }

  stored(answer) {
    const sent = new Map(this.work.changes.map(({ place, after }) => [place, after]));
    this.work = null;
    this.line.isTroubled = false;
    for (const place of answer.applied) this.sheet.store(place, sent.get(place));
    for (const conflict of answer.conflicts) this.asks.conflict(conflict, sent.get(conflict.place));
    for (const refusal of answer.refused) this.asks.refusal(refusal);
    this.learn(answer.news);
    this.keepCopy();
    this.line.time = answer.saved_at;
    this.dispatchEvent(new CustomEvent("saved", { detail: answer }));
    this.line.rest(this);
    return true;
  }

  // What others have saved meanwhile goes into every cell that nobody has touched here.
  learn(news) {
    const free = Object.entries(news).filter(([place]) => !this.asks.isAbout(place) && this.isUntouched(place));
    for (const [place, text] of free) this.sheet.store(place, text);
    const changes = this.sheet.take(free.map(([place, after]) => ({ place, after })), "server");
    if (changes.length) this.dispatchEvent(new CustomEvent("news", { detail: changes }));
  }

  isUntouched(place) {
    return this.sheet.text(place) === this.sheet.storedText(place);
  }

  // The page may be gone in a moment: what can be sent is sent, and the copy holds it all the same.
  leave() {
    if (this.isStopped || this.typing.isComposing) return;
    this.keepCopy();
    const work = this.sending ? this.laterWork() : (this.work ??= this.nextWork());
    if (work) this.server.sendLeaving(work);
  }

  laterWork() {
    const under = new Map(this.work?.changes.map(({ place, after }) => [place, after]));
    const changes = this.toSave.filter(({ place, after }) => under.get(place) !== after);
    return changes.length ? this.server.work(changes) : null;
  }

  // The form itself is being posted.
  stop() {
    this.isStopped = true;
    clearTimeout(this.timer);
  }
}
