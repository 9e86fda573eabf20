// Position of the caret in a field: start or end of its text, first or last displayed line.

export function isAtStart(field) {
  return field.selectionStart === 0 && field.selectionEnd === 0;
}

export function isAtEnd(field) {
  return field.selectionStart === field.value.length && field.selectionEnd === field.value.length;
}

export function isOnFirstLine(field) {
  return field.tagName !== "TEXTAREA" || offsetOfLine(field, field.selectionStart) === offsetOfLine(field, 0);
}

export function isOnLastLine(field) {
  return field.tagName !== "TEXTAREA" || offsetOfLine(field, field.selectionEnd) === offsetOfLine(field, field.value.length);
}

const COPIED_STYLES = ["font", "letterSpacing", "lineHeight", "padding", "border", "textIndent", "textAlign", "whiteSpace",
  "overflowWrap", "wordBreak"];

// Measure the vertical offset of a character in an off-screen copy: a textarea does not expose its lines.
function offsetOfLine(field, index) {
  const copy = document.createElement("div");
  const style = getComputedStyle(field);
  for (const name of COPIED_STYLES) copy.style[name] = style[name];
  Object.assign(copy.style, { position: "absolute", visibility: "hidden", boxSizing: "border-box", width: `${field.offsetWidth}px` });
  const marker = document.createElement("span");
  marker.textContent = "\u200b";
  copy.append(field.value.slice(0, index), marker, field.value.slice(index) || " ");
  document.body.append(copy);
  const offset = marker.offsetTop;
  copy.remove();
  return offset;
}
