// Report that the page is open, and show who else has it open.

import { currentToken } from "../saving/request.js";
import { message } from "../messages.js";
import { setText } from "../elements.js";

const INTERVAL = 45_000;

export class OpenPage {
  constructor({ form, element }) {
    Object.assign(this, { form, element });
    this.report();
    setInterval(() => this.report(), INTERVAL);
  }

  async report() {
    if (document.visibilityState === "hidden") return;
    try {
      const headers = { "X-CSRFToken": currentToken(this.form) };
      const response = await fetch(this.form.dataset.opened, { method: "POST", headers });
      if (response.ok && !response.redirected) this.show(await response.json());
    } catch {
      // The network is gone: the save status line shows it.
    }
  }

  show({ others, reviewer, lock }) {
    const sentences = [];
    if (others.length) sentences.push(message("open_elsewhere", { names: others.join("、") }));
    if (reviewer && reviewer !== this.form.dataset.reviewer) sentences.push(message("claimed_meanwhile", { name: reviewer }));
    if (String(lock) !== this.form.elements.lock.value) sentences.push(message("outdated"));
    setText(this.element, sentences.join(" "));
    this.element.hidden = !sentences.length;
  }
}
