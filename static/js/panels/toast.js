// One line that says what has just happened, heard and seen; for ten seconds it can offer to take it back.

const STAYS = 10_000;

export class Told {
  constructor(element) {
    this.element = element;
    this.words = element.querySelector("[role=status]");
    this.button = element.querySelector("button");
    this.timer = 0;
    this.button.addEventListener("click", () => {
      const { act } = this;
      this.clear();
      act?.();
    });
  }

  say(sentence, offer = "", act = null) {
    clearTimeout(this.timer);
    this.words.textContent = sentence;
    this.button.textContent = offer;
    this.button.hidden = !offer;
    this.act = act;
    this.element.hidden = false;
    this.timer = setTimeout(() => this.clear(), STAYS);
  }

  clear() {
    clearTimeout(this.timer);
    this.act = null;
    this.element.hidden = true;
  }
}
