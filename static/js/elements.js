// Small elements that scripts make.

// Writing a text anew, though it is the same, would have the page laid out again.
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function button(name, className, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className, textContent: name });
  made.addEventListener("click", act);
  return made;
}
