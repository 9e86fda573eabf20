// Status message about the last action, with an optional button such as undo. It is visible for ten seconds, longer while
// the button has the focus or the pointer, and never covers the field in which one types: it moves to the top then.

const DURATION = 10_000;

function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

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
    for (const name of ["focusin", "input", "scroll", "resize"]) {
      window.addEventListener(name, () => this.avoidField(), { passive: true });
    }
  }

  show(sentence, buttonText = "", action = null) {
    this.status.textContent = sentence;
    this.button.textContent = buttonText;
    this.button.hidden = !buttonText;
    this.action = action;
    this.element.hidden = false;
    this.avoidField();
    this.clearLater();
  }

  clearLater() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.isInUse ? this.clearLater() : this.clear()), DURATION);
  }

  get isInUse() {
    return this.element.contains(document.activeElement) || this.element.matches(":hover");
  }

  // Move to the other edge of the window if the field with the focus is here. A field as high as the window is at both.
  avoidField() {
    if (this.element.hidden) return;
    this.element.classList.remove("moved");
    const field = document.activeElement;
    if (!field?.matches("input, textarea, select") || !this.covers(field)) return;
    this.element.classList.add("moved");
    if (this.covers(field)) this.element.classList.remove("moved");
  }

  covers(field) {
    return overlap(this.element.getBoundingClientRect(), field.getBoundingClientRect());
  }

  clear() {
    clearTimeout(this.timer);
    this.action = null;
    this.element.hidden = true;
  }
}
