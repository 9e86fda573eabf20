// Small elements that scripts make.

export function button(name, className, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className, textContent: name });
  made.addEventListener("click", act);
  return made;
}
