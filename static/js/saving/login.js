// Dialog to log in again on the page, opened when a save finds the session expired; the save then continues.

import { currentToken } from "./request.js";
import { message } from "../messages.js";

export class Login {
  constructor(dialog, form, onLogin) {
    this.dialog = dialog;
    this.form = form;
    this.onLogin = onLogin;
    this.alert = dialog.querySelector("[role=alert]");
    dialog.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.logIn(event.target);
    });
    dialog.querySelector("[data-later]").addEventListener("click", () => dialog.close());
  }

  open() {
    if (this.dialog.open) return;
    this.focusedBefore = document.activeElement;
    this.alert.textContent = "";
    this.dialog.showModal();
    this.dialog.querySelector("input[type=password], button[type=submit]").focus();
  }

  async logIn(form) {
    const response = await this.post(form);
    if (response?.ok) {
      form.reset();
      this.dialog.close();
      this.focusedBefore?.focus?.();
      this.onLogin();
    } else {
      this.alert.textContent = response ? await this.reasonFor(response) : message("offline_login");
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

  async reasonFor(response) {
    if (!response.headers.get("Content-Type")?.startsWith("application/json")) return message("login_failed");
    const { form } = await response.json();
    return form?.errors?.join(" ") || message("login_failed");
  }
}
