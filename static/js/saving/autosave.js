// Save changes after a second of rest, when a cell or the page is left; never during composition by an input method,
// which also delays answers. One save is in progress at a time; a lost one is sent again with the same id.

import { maxLength } from "../model/edition.js";
import { rowOf, isRow } from "../model/sheet.js";
import { message } from "../messages.js";

const PAUSE = 1000;
const RETRY = 3000;

export class Autosave extends EventTarget {
  constructor({ form, sheet, typing, server, copy, conflicts, status }) {
    super();
    Object.assign(this, { form, sheet, typing, server, copy, conflicts, status });
    this.timer = 0;
    this.sending = null;
    // Batches sent and not answered: the current or lost one, and one sent after it on leaving the page.
    this.batch = null;
    this.sentOnLeaving = null;
    this.news = new Map();
    this.point = null;
    this.isStopped = false;
    this.listen();
  }

  listen() {
    this.sheet.addEventListener("change", ({ detail }) => {
      if (detail.by !== "server") this.changed();
    });
    this.typing.addEventListener("composed", () => {
      if (!this.isClean) this.saveAfter(PAUSE);
    });
    this.form.addEventListener("change", () => this.saveNow());
    window.addEventListener("online", () => this.saveNow());
    window.addEventListener("pagehide", () => this.saveOnLeaving());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.saveOnLeaving();
    });
    window.addEventListener("beforeunload", (event) => {
      if (!this.isStopped && this.isAtRisk) event.preventDefault();
    });
  }

  // Return the latest text being sent, by place.
  get sent() {
    const batches = [this.batch, this.sentOnLeaving].filter(Boolean);
    return new Map(batches.flatMap(({ changes }) => changes.map(({ place, after }) => [place, after])));
  }

  // Return all changes not confirmed by the server, including those reverted while being sent.
  get unconfirmed() {
    const changes = new Map(this.sheet.pending().map((change) => [change.place, change]));
    for (const [place, text] of this.sent) {
      const after = this.sheet.text(place);
      if (after !== text) changes.set(place, { place, before: this.sheet.storedText(place), after });
    }
    return [...changes.values()];
  }

  get isClean() {
    return !this.batch && !this.sentOnLeaving && this.sheet.pending().length === 0;
  }

  // Whether leaving the page would rely on the local copy alone, or lose edits.
  get isAtRisk() {
    return this.typing.isComposing || (!this.isClean && (this.status.isTroubled || !this.copy.isStored));
  }

  changed() {
    this.keepCopy();
    if (this.isStopped) return;
    if (!this.status.isTroubled) this.status.show("typing");
    this.saveAfter(this.status.isTroubled ? RETRY : PAUSE);
  }

  keepCopy() {
    this.copy.keepChanges(this.unconfirmed, this.sent);
  }

  saveAfter(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.saveNow(), wait);
  }

  // Keep the state before the next save as a restore point.
  markRestorePoint(point) {
    this.point = point;
  }

  // Save until nothing is left that can be saved now.
  async saveNow() {
    clearTimeout(this.timer);
    for (;;) {
      while (this.sending) await this.sending;
      if (this.isStopped || this.typing.isComposing) return;
      if (!this.batch) {
        this.batch = this.sentOnLeaving ?? this.nextBatch();
        this.sentOnLeaving = null;
      }
      if (!this.batch) return this.settle();
      // A trouble stays shown until a save succeeds: the line must not change its height under the button 保存.
      if (!this.status.isTroubled) this.status.show("saving");
      this.keepCopy();
      this.sending = this.send();
      if (!(await this.sending)) return;
    }
  }

  // Send the current batch; return whether to continue. Applying an answer would interrupt a composition, so wait for
  // its end.
  async send() {
    const result = await this.server.send(this.batch);
    await this.typing.compositionEnd();
    this.sending = null;
    return this.handle(result);
  }

  nextBatch() {
    const changes = this.withoutOverlong(this.unconfirmed.filter(({ place }) => !this.conflicts.blocks(place)));
    if (!changes.length) return null;
    const batch = this.server.batch(changes, this.point);
    this.point = null;
    return batch;
  }

  // Exclude texts longer than their cell allows, so that they do not block the others.
  withoutOverlong(changes) {
    return changes.filter(({ place, after }) => {
      const longest = maxLength(place);
      const count = after.length > longest ? [...after].length : 0;
      if (count > longest) this.conflicts.addRefusal({ place, said: message("too_long", { count, longest }) });
      return count <= longest;
    });
  }

  handle({ outcome, answer, refusal }) {
    if (outcome === "stored") return this.stored(answer);
    if (outcome === "lost") {
      this.status.showTrouble(this.copy.isStored ? "offline" : "offline_unkept");
      this.saveAfter(RETRY);
    } else if (outcome === "expired") {
      this.status.showTrouble(this.copy.isStored ? "expired" : "offline_unkept");
      this.dispatchEvent(new Event("expired"));
    } else {
      this.point = this.batch.point;
      this.batch = null;
      this.status.showRefusal((refusal ?? message("unreadable")) + (this.copy.isStored ? message("kept_here") : ""));
    }
    return false;
  }

  stored(answer) {
    const sent = new Map(this.batch.changes.map(({ place, after }) => [place, after]));
    // A save that changed nothing has kept no restore point.
    if (!answer.saved_at) this.point ??= this.batch.point;
    this.batch = null;
    this.status.isTroubled = false;
    for (const place of answer.applied) {
      this.sheet.store(place, sent.get(place));
      this.news.delete(place);
    }
    // Rows first: a row shown again contains the cells in conflict.
    const conflicts = [...answer.conflicts].sort((a, b) => isRow(b.place) - isRow(a.place));
    for (const conflict of conflicts) this.conflicts.addConflict(conflict, sent.get(conflict.place));
    for (const refusal of answer.refused) this.conflicts.addRefusal(refusal);
    for (const [place, text] of Object.entries(answer.news)) this.news.set(place, text);
    this.applyNews();
    this.keepCopy();
    this.status.time = answer.saved_at || this.status.time || new Date().toTimeString().slice(0, 5);
    this.dispatchEvent(new CustomEvent("saved", { detail: answer }));
    this.settle();
    return true;
  }

  settle() {
    this.status.settle({ isClean: this.isClean, unsaved: this.conflicts.count });
  }

  // Apply changes of other users to cells untouched here; the others wait until they are saved.
  applyNews() {
    const untouched = [];
    for (const [place, text] of this.news) {
      if (this.isTouched(place, text)) continue;
      this.news.delete(place);
      if (!this.conflicts.updateStored(place, text)) untouched.push({ place, after: text });
    }
    for (const { place, after } of untouched) this.sheet.store(place, after);
    const changes = this.sheet.apply(untouched, "server");
    if (changes.length) this.dispatchEvent(new CustomEvent("news", { detail: changes }));
  }

  // Whether a place has unsaved text. A row removed by another user stays while any of its cells is unsaved or in
  // conflict.
  isTouched(place, text) {
    if (this.conflicts.isOpen(place)) return false;
    if (this.differs(place)) return true;
    return isRow(place) && !text && [...this.sheet.current.keys()].some(
      (cell) => rowOf(cell) === place && (this.differs(cell) || this.conflicts.isOpen(cell)),
    );
  }

  differs(place) {
    return this.sheet.text(place) !== this.sheet.storedText(place);
  }

  // Send on leaving the page; the local copy covers what cannot be sent. If the page stays open, the same batch is sent
  // again and its answer handled.
  saveOnLeaving() {
    if (this.isStopped || this.typing.isComposing) return;
    this.keepCopy();
    if (!this.sending) this.batch ??= this.nextBatch();
    else this.sentOnLeaving ??= this.leavingBatch();
    const batch = this.sending ? this.sentOnLeaving : this.batch;
    if (batch) this.server.sendLeaving(batch);
  }

  leavingBatch() {
    const { sent } = this;
    const changes = this.unconfirmed.filter(({ place, after }) => sent.get(place) !== after && !this.conflicts.blocks(place));
    return changes.length ? this.server.batch(this.withoutOverlong(changes)) : null;
  }

  // Stop before the form is posted.
  stop() {
    this.isStopped = true;
    clearTimeout(this.timer);
  }
}
