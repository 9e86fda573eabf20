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
