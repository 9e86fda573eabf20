// The sentences that scripts say: the page brings them along, translated; names in braces are filled in.

const WORDS = JSON.parse(document.getElementById("words").textContent);

export function words(name, values = {}) {
  return WORDS[name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

// A text inside a sentence, cut when it is long.
export function quoted(text) {
  if (!text) return WORDS.blank;
  return `「${text.length > 40 ? `${text.slice(0, 40)}…` : text}」`;
}
