// The one line that always says how things stand: 「已保存 14:03」「正在保存…」「未保存：网络中断，已存本机」.

import { words } from "../messages.js";

export class Line {
  constructor(element) {
    this.element = element;
    this.isTroubled = false;
    this.time = null;
    this.atFirst = element.textContent;
  }

  say(name, values = {}, isCare = false) {
    const sentence = words(name, values);
    if (this.element.textContent !== sentence) this.element.textContent = sentence;
    this.element.classList.toggle("care", isCare);
  }

  trouble(name) {
    this.isTroubled = true;
    this.say(name, {}, true);
  }

  // The server will not take it, and says why.
  refuse(sentence) {
    this.isTroubled = true;
    this.element.textContent = `${words("not_saved")}${sentence}`;
    this.element.classList.add("care");
  }

  // What remains to be said when nothing is under way.
  rest(autosave) {
    if (this.isTroubled) return;
    const held = autosave.asks.count;
    if (held) this.say("kept_out", { count: held }, true);
    else if (!autosave.isClean) this.say("typing");
    else if (this.time) this.say("saved", { time: this.time });
    else this.element.textContent = this.atFirst;
  }
}
