// Keys of the queue: j k move, x select, / search, ? help. Enter opens, because a move focuses the link of a row.

const FIELDS = "input:not([type=checkbox]), textarea, select, [contenteditable]";

export function connectKeys(rows) {
  const help = document.getElementById("keys");
  const button = document.getElementById("keys-button");
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());
  let last = -1;

  function current() {
    const focused = rows.findIndex((row) => row.contains(document.activeElement));
    return focused < 0 ? last : focused;
  }

  function move(step) {
    if (!rows.length) return;
    last = Math.min(Math.max(current() + step, 0), rows.length - 1);
    const link = rows[last].querySelector(".name a");
    link.focus();
    link.scrollIntoView({ block: "nearest" });
  }

  const actions = {
    j: () => move(1),
    k: () => move(-1),
    x: () => rows[current()]?.querySelector("input[type=checkbox]")?.click(),
    "/": () => document.getElementById("search").select(),
    "?": () => help.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || help.open) return;
    if (event.target.closest(FIELDS)) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
