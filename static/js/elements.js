// Create and update small DOM elements.

// Set an element's text only if it differs: even an identical text would cause a new layout.
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function makeButton(name, className, onClick) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className, textContent: name });
  button.addEventListener("click", onClick);
  return button;
}

// Replace an element's HTML, escaped by the server; a link or button that is being pressed is replaced after its click,
// which would be lost otherwise. A later replacement wins.
const waiting = new WeakMap();

export function replaceHtml(element, html) {
  if (!element.matches(":active")) {
    waiting.delete(element);
    element.innerHTML = html;
    return;
  }
  if (!waiting.has(element)) for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(() => replaceWaiting(element)), { once: true });
  waiting.set(element, html);
}

function replaceWaiting(element) {
  if (waiting.has(element)) replaceHtml(element, waiting.get(element));
}
