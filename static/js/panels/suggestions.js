// Suggestions under a third-level name while it is typed. The keys of the table keep their work: only Alt+↓ leads into
// the list, and only there do the arrows and Enter belong to it. Typing never waits for it, and goes on without it.

import { rowOf } from "../model/sheet.js";

const PAUSE = 200;
// As high as what stays at the top of the window, and what stays at its bottom on a phone.
const BAR = 72;
const PHONE_BAR = 104;
const NAME = /^indicators\[[^\]]*\]\.name$/;

function made(tag, className, text = "") {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

// How far down the window something can be seen: above the bar of a phone, and above its keyboard.
function lowestSeen() {
  const { height, offsetTop } = window.visualViewport ?? { height: window.innerHeight, offsetTop: 0 };
  const bar = window.matchMedia("(max-width: 800px)").matches ? PHONE_BAR : 0;
  return Math.min(height + offsetTop, window.innerHeight - bar);
}

export class Suggestions {
  constructor({ form, sheet, table, history }) {
    Object.assign(this, { sheet, table, history, address: `${form.dataset.page}suggestions/` });
    Object.assign(this, { timer: 0, abort: null, open: null });
    this.makePanel(form);
    sheet.addEventListener("change", ({ detail }) => {
      const [{ place }] = detail.changes;
      if (detail.by === "typing") this.typed(place);
      else if (detail.changes.some((change) => change.place === this.open?.place)) this.close();
    });
    // Before the table's own keys, which leave alone what was prevented.
    form.addEventListener("keydown", (event) => this.pressed(event), true);
    form.addEventListener("compositionstart", () => this.close());
    form.addEventListener("focusout", () => this.close());
    window.addEventListener("resize", () => this.close());
    // A save may put notes above the cell.
    new ResizeObserver(() => this.open && this.putUnder(this.open.field.closest("td"))).observe(form);
  }

  makePanel(form) {
    this.panel = made("div", "suggestions");
    this.list = made("ul", "");
    this.list.id = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.hint = made("p", "hint");
    this.hint.setAttribute("aria-hidden", "true");
    this.panel.hidden = true;
    this.panel.append(this.list, this.hint);
    this.count = made("p", "visually-hidden");
    this.count.setAttribute("role", "status");
    this.count.setAttribute("aria-live", "polite");
    form.after(this.panel, this.count);
    // The caret stays in the cell.
    this.panel.addEventListener("mousedown", (event) => event.preventDefault());
    this.panel.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option) this.take([...this.list.children].indexOf(option));
    });
  }

  typed(place) {
    this.close();
    if (NAME.test(place) && this.sheet.text(place).trim()) this.timer = setTimeout(() => this.ask(place), PAUSE);
  }

  async ask(place) {
    const typed = this.sheet.text(place);
    const abort = this.abort = new AbortController();
    const node = this.sheet.text(`${rowOf(place)}.node`);
    try {
      const query = new URLSearchParams({ kind: "name", node, q: typed.trim() });
      const response = await fetch(`${this.address}?${query}`, { signal: abort.signal });
      const answer = response.ok && (await response.json());
      if (answer && this.abort === abort) this.show(place, answer);
    } catch (error) {
      // Without the network, or when more was typed: there is nothing to offer.
      if (!(error instanceof TypeError || error instanceof SyntaxError || error.name === "AbortError")) throw error;
    }
  }

  show(place, { label, said, suggestions }) {
    const field = this.table.field(place);
    const offered = suggestions.filter((one) => this.wanted(place, one).length);
    if (!offered.length || document.activeElement !== field) return;
    this.open = { place, field, offered, at: -1 };
    this.list.replaceChildren(...offered.map((one, at) => this.option(one, at)));
    this.list.setAttribute("aria-label", label);
    this.hint.textContent = this.count.textContent = said;
    this.panel.hidden = false;
    this.putUnder(field.closest("td"));
    field.setAttribute("aria-controls", this.list.id);
    field.setAttribute("aria-autocomplete", "list");
  }

  option({ name, values, source }, at) {
    const option = made("li", "");
    option.id = `suggestion-${at}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.append(made("b", "", name), made("span", "value", values[0] ?? ""), made("span", "source", source));
    return option;
  }

  // Over what is below the cell, or above it where there is no room below; it moves nothing and stays in the window.
  putUnder(cell) {
    const { style } = this.panel;
    style.left = style.top = "0";
    const zero = this.panel.getBoundingClientRect();
    const box = cell.getBoundingClientRect();
    const left = Math.max(0, Math.min(box.left, document.documentElement.clientWidth - zero.width - 8));
    style.left = `${left - zero.left}px`;
    const isLow = box.bottom + zero.height > lowestSeen() && box.top - zero.height > BAR;
    style.top = `${(isLow ? box.top - zero.height : box.bottom) - zero.top}px`;
  }

  pressed(event) {
    if (!this.open || event.isComposing) return;
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    const isPlain = !(ctrlKey || metaKey || shiftKey);
    const isInside = this.open.at >= 0;
    if (key === "Escape") this.close();
    else if (isPlain && key === "ArrowDown" && (altKey || isInside)) this.go(this.open.at + 1);
    else if (isPlain && key === "ArrowUp" && isInside) this.go(this.open.at - 1);
    else if (isPlain && !altKey && key === "Enter" && isInside) this.take(this.open.at);
    else return;
    event.preventDefault();
  }

  // Above the first one is the way out, back to the cell.
  go(to) {
    const at = Math.min(to, this.open.offered.length - 1);
    this.open.at = at;
    for (const [number, option] of [...this.list.children].entries()) option.setAttribute("aria-selected", String(number === at));
    if (at < 0) return this.open.field.removeAttribute("aria-activedescendant");
    this.open.field.setAttribute("aria-activedescendant", `suggestion-${at}`);
    this.list.children[at].scrollIntoView({ block: "nearest" });
  }

  // What taking one would write: the name, and its value where the target's cell is blank.
  wanted(place, { name, values }) {
    const target = `${rowOf(place)}.target`;
    const value = this.sheet.text(target).trim() ? this.sheet.text(target) : values[0] ?? this.sheet.text(target);
    const after = [{ place, after: name }, { place: target, after: value }];
    return after.filter((one) => this.sheet.text(one.place) !== one.after);
  }

  take(at) {
    const { place, offered } = this.open;
    const wanted = this.wanted(place, offered[at]);
    this.close();
    const changes = this.sheet.take(wanted);
    if (changes.length) this.history.push(changes, place);
    this.table.focus(place, { atEnd: true });
  }

  close() {
    clearTimeout(this.timer);
    this.abort?.abort();
    this.abort = null;
    if (!this.open) return;
    for (const name of ["aria-controls", "aria-autocomplete", "aria-activedescendant"]) this.open.field.removeAttribute(name);
    this.open = null;
    this.panel.hidden = true;
    this.list.replaceChildren();
    this.count.textContent = "";
  }
}
