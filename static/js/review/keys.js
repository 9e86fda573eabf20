// Keys of the review page, ignored while one types.

import { message } from "../messages.js";

const FIELDS = "textarea, select, input:not([type=radio], [type=checkbox])";

export class ReviewKeys {
  constructor({ stops, remarks, settling, decisions, toast, help, follow }) {
    Object.assign(this, { stops, remarks, settling, decisions, toast });
    this.actions = {
      n: () => this.go(1),
      p: () => this.go(-1),
      j: () => this.stops.goToRow(1),
      k: () => this.stops.goToRow(-1),
      c: () => this.write(),
      f: () => this.writeFinding(),
      y: () => this.accept(),
      "?": help,
      "？": help,
      ...Object.fromEntries(["1", "2", "3", "4"].map((key) => [key, () => follow(key)])),
    };
    if (decisions) Object.assign(this.actions, { a: () => decisions.openPass(), r: () => decisions.openReturn() });
    document.addEventListener("keydown", (event) => this.pressed(event));
  }

  pressed(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const dialog = document.querySelector("dialog:modal");
    const isTyping = event.target.matches(FIELDS);
    if (dialog) {
      if (!isTyping && !event.repeat) this.inDialog(event, dialog);
    } else if (event.key === "Escape") {
      this.remarks.closeAll();
    } else if (!isTyping && Object.hasOwn(this.actions, event.key) && (!event.repeat || /[npjk]/.test(event.key))) {
      event.preventDefault();
      this.actions[event.key]();
    }
  }

  // The key that opened the approval confirms it.
  inDialog(event, dialog) {
    if (event.key !== "a" || dialog !== this.decisions?.pass) return;
    event.preventDefault();
    this.decisions.confirmPass();
  }

  go(step) {
    if (!this.stops.go(step)) this.toast.show(message("no_findings"));
  }

  write() {
    const { place } = this.stops;
    if (!place || !this.remarks.open(place)) this.toast.show(message("no_row"));
  }

  accept() {
    if (!this.settling.accept(this.stops.current?.item)) this.toast.show(message("no_answer"));
  }

  writeFinding() {
    const item = this.stops.current?.item;
    if (!item?.dataset.finding || !this.remarks.addFinding(item.dataset)) this.toast.show(message("no_finding"));
  }
}
