// Where the caret stands in a field: at an end of its text, on its first or last line as shown.

export function isAtStart(field) {
  return field.selectionStart === 0 && field.selectionEnd === 0;
}

export function isAtEnd(field) {
  return field.selectionStart === field.value.length && field.selectionEnd === field.value.length;
}

export function isOnFirstLine(field) {
  return field.tagName !== "TEXTAREA" || lineOf(field, field.selectionStart) === lineOf(field, 0);
}

export function isOnLastLine(field) {
  return field.tagName !== "TEXTAREA" || lineOf(field, field.selectionEnd) === lineOf(field, field.value.length);
}

const COPIED = ["font", "letterSpacing", "lineHeight", "padding", "border", "textIndent", "textAlign", "whiteSpace",
  "overflowWrap", "wordBreak"];

// How far down a character stands: measured in a copy, since a text area tells nothing of its lines.
function lineOf(field, at) {
  const copy = document.createElement("div");
  const style = getComputedStyle(field);
  for (const name of COPIED) copy.style[name] = style[name];
  Object.assign(copy.style, { position: "absolute", visibility: "hidden", boxSizing: "border-box", width: `${field.offsetWidth}px` });
  const mark = document.createElement("span");
  mark.textContent = "\u200b";
  copy.append(field.value.slice(0, at), mark, field.value.slice(at) || " ");
  document.body.append(copy);
  const line = mark.offsetTop;
  copy.remove();
  return line;
}
