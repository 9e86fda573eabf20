// The dialogs that confirm a decision, and the post of the form: what is typed is saved before.

import { message } from "../messages.js";

const WHOLE_TABLE = "table";

export class Decisions {
  constructor({ form, pass, returning, remarks, settling, autosave, toast }) {
    Object.assign(this, { form, pass, returning, remarks, settling, autosave, toast });
    this.isPosted = false;
    for (const dialog of [pass, returning]) {
      dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    }
    form.addEventListener("submit", (event) => this.submitted(event));
    // A page that comes back from the browser's history shows an outdated filing.
    window.addEventListener("pageshow", ({ persisted }) => {
      if (persisted) location.reload();
    });
  }

  // Confirm passing in the dialog. The last approval has a page for that: the dialog is needed only to take over.
  openPass() {
    if ("confirmedLater" in this.pass.dataset && !this.pass.querySelector("[name=over]")) return this.confirmPass();
    this.openDialog();
  }

  openDialog() {
    const { length } = this.remarks.written();
    const notice = this.pass.querySelector("#pass-remarks");
    notice.textContent = message("pass_with_remarks", { count: length });
    notice.hidden = !length;
    // An approval that leaves nothing open needs no reason. Whether one is needed otherwise depends on the policy.
    const exception = this.pass.querySelector("#pass-exception");
    const reason = exception.querySelector("textarea");
    const isOpen = this.settling.showOpen(this.pass.querySelector("#pass-left-open"), (state) => state === "accepted") > 0;
    exception.hidden = !isOpen && !length && !reason.value.trim();
    this.pass.showModal();
    (isOpen && !reason.value.trim() ? reason : confirmButton(this.pass)).focus();
  }

  openReturn() {
    const written = this.remarks.written();
    this.returning.querySelector("#return-remarks").replaceChildren(...written.map((remark) => this.remarks.item(remark)));
    const names = [...written.filter(({ isInternal }) => !isInternal).map(({ name }) => name), ...this.remarks.disputed()];
    const rows = [...new Set(names)].map((name) => `「${name}」`);
    const isWhole = this.returning.dataset.whole === "yes" || written.some(({ place, isInternal }) => place === WHOLE_TABLE && !isInternal);
    this.returning.querySelector("#return-rows").textContent = rows.length
      ? message(isWhole ? "reopened_whole" : "reopened_rows", { rows: rows.join("、") })
      : message("nothing_to_return");
    this.showUnsettled();
    this.returning.showModal();
    (rows.length ? confirmButton(this.returning) : this.returning.querySelector("textarea")).focus();
  }

  showUnsettled() {
    const count = this.settling.showOpen(this.returning.querySelector("#return-unsettled"));
    const number = this.returning.querySelector("#return-unsettled .num");
    if (number) number.textContent = count;
  }

  confirmPass() {
    confirmButton(this.pass).click();
  }

  // Save, then post; a second click does nothing.
  async submitted(event) {
    if (this.isPosted) return this.isPosted === "twice" ? event.preventDefault() : this.count();
    event.preventDefault();
    const { submitter } = event;
    await this.autosave.saveNow();
    if (this.autosave.pending.length) return this.toast.show(message("decide_unsaved"));
    this.autosave.stop();
    this.isPosted = true;
    // While the first submit event is being dispatched, another one would be ignored.
    setTimeout(() => this.form.requestSubmit(submitter));
  }

  count() {
    this.isPosted = "twice";
  }
}

function confirmButton(dialog) {
  return dialog.querySelector("[data-confirm]");
}
