// 核对全表: report everything that prevents a submission, also what is still to be filled in, without leaving the page,
// so that its undo history stays. From then on, each save reports it until the page is left.

import { message } from "../messages.js";

export class CompleteCheck {
  constructor({ form, autosave, answers, server, panels, toast, login }) {
    Object.assign(this, { form, autosave, answers, server, panels, toast, login });
  }

  // Save and check; return the number of errors, or null if that was not possible, with the reason in a message.
  async run() {
    await this.answers.saveNow();
    await this.autosave.saveNow();
    if (!this.autosave.isClean || !this.answers.isClean) {
      this.toast.show(this.refusal ?? message("not_all_saved"));
      return null;
    }
    this.form.elements.checked.value = "1";
    keepInAddress(this.form);
    const { outcome, answer, refusal } = await this.server.check();
    if (outcome === "expired") this.login.open();
    if (outcome !== "stored") {
      this.toast.show(refusal ?? message(outcome === "expired" ? "check_expired" : "not_checked"));
      return null;
    }
    this.panels.show(answer);
    document.getElementById("findings-title").focus();
    return answer.error_count;
  }

  // The reason why the server refused to save, if it did.
  get refusal() {
    return this.autosave.status.refusal ?? this.answers.status?.refusal;
  }
}

// The address of a checked page brings it back checked when it is reloaded.
export function keepInAddress(form) {
  const query = form.elements.checked.value ? "?checked=1" : "";
  window.history.replaceState(null, "", form.dataset.page + query + location.hash);
}
