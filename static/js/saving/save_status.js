// The save status line: 「已保存 14:03」「正在保存…」「未保存：网络中断，已存本机」.

import { message } from "../messages.js";

export class SaveStatus {
  constructor(element) {
    this.element = element;
    this.isTroubled = false;
    this.time = null;
    this.refusal = null;
    this.initialText = element.textContent;
  }

  show(name, values = {}, isWarning = false) {
    this.refusal = null;
    const sentence = message(name, values);
    if (this.element.textContent !== sentence) this.element.textContent = sentence;
    this.element.classList.toggle("care", isWarning);
  }

  showTrouble(name) {
    this.isTroubled = true;
    this.show(name, {}, true);
  }

  // Show the reason why the server refused a save.
  showRefusal(sentence) {
    this.isTroubled = true;
    this.refusal = `${message("not_saved")}${sentence}`;
    this.element.textContent = this.refusal;
    this.element.classList.add("care");
  }

  // Show the status when no save is in progress; `unsaved` is the number of cells that wait for the user.
  settle({ isClean, unsaved = 0 }) {
    if (this.isTroubled) return;
    if (unsaved) this.show("cells_unsaved", { count: unsaved }, true);
    else if (!isClean) this.show("typing");
    else if (this.time) this.show("saved", { time: this.time });
    else this.element.textContent = this.initialText;
  }
}
