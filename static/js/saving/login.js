// Logging in again without leaving the page: the dialog opens when a save finds the login expired, and the save goes on.

import { currentToken } from "./server.js";
import { words } from "../messages.js";

export class Login {
  constructor(dialog, form, goOn) {
    this.dialog = dialog;
    this.form = form;
    this.goOn = goOn;
    this.said = dialog.querySelector("[role=alert]");
    dialog.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.enter(event.target);
    });
    dialog.querySelector("[data-later]").addEventListener("click", () => dialog.close());
  }

  ask() {
    if (this.dialog.open) return;
    this.before = document.activeElement;
    this.said.textContent = "";
    this.dialog.showModal();
    this.dialog.querySelector("input[type=password], button[type=submit]").focus();
  }

  async enter(form) {
    const response = await this.post(form);
    if (response?.ok) {
      form.reset();
      this.dialog.close();
      this.before?.focus?.();
      this.goOn();
    } else {
      this.said.textContent = response ? await this.why(response) : words("offline_login");
    }
  }

  async post(form) {
    const headers = { "X-CSRFToken": currentToken(this.form), "X-Requested-With": "XMLHttpRequest", Accept: "application/json" };
    try {
      return await fetch(form.action, { method: "POST", headers, body: new URLSearchParams(new FormData(form)) });
    } catch {
      return null;
    }
  }

  async why(response) {
    if (!response.headers.get("Content-Type")?.startsWith("application/json")) return words("login_failed");
    const { form } = await response.json();
    return form?.errors?.join(" ") || words("login_failed");
  }
}
