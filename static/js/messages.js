// Messages shown by scripts, embedded in the page as JSON with `{placeholders}`.

const MESSAGES = JSON.parse(document.getElementById("messages").textContent);

// Return a message by name with its placeholders filled in.
export function message(name, values = {}) {
  return MESSAGES[name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

// Quote a text for use inside a message, cut to 40 characters.
export function quoted(text) {
  if (!text) return MESSAGES.blank;
  return `「${text.length > 40 ? `${text.slice(0, 40)}…` : text}」`;
}
