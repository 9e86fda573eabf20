// Status message about the last action, visible for ten seconds, with an optional button such as undo.

const DURATION = 10_000;

export class Toast {
  constructor(element) {
    this.element = element;
    this.status = element.querySelector("[role=status]");
    this.button = element.querySelector("button");
    this.timer = 0;
    this.button.addEventListener("click", () => {
      const { action } = this;
      this.clear();
      action?.();
    });
  }

  show(sentence, buttonText = "", action = null) {
    clearTimeout(this.timer);
    this.status.textContent = sentence;
    this.button.textContent = buttonText;
    this.button.hidden = !buttonText;
    this.action = action;
    this.element.hidden = false;
    this.timer = setTimeout(() => this.clear(), DURATION);
  }

  clear() {
    clearTimeout(this.timer);
    this.action = null;
    this.element.hidden = true;
  }
}
