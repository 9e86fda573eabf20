// Suggestions under the name of an indicator while it is typed. While they are shown, ↓ enters the list, and there the
// arrows and Enter belong to it; all other keys stay those of the table. Typing never waits for suggestions.

import { rowOf } from "../model/sheet.js";
import { TOP_BAR, visibleBottom } from "./visible_area.js";

const PAUSE = 200;
const NAME = /^indicators\[[^\]]*\]\.name$/;

function makeElement(tag, className, text = "") {
  return Object.assign(document.createElement(tag), { className, textContent: text });
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
    // Capture: handle keys before the table, which ignores prevented events.
    form.addEventListener("keydown", (event) => this.pressed(event), true);
    form.addEventListener("compositionstart", () => this.close());
    form.addEventListener("focusout", () => this.close());
    window.addEventListener("resize", () => this.close());
    // Conflicts and the rows of other users move the cell.
    new ResizeObserver(() => this.open && this.positionAt(this.open.field.closest("td"))).observe(form);
  }

  makePanel(form) {
    this.panel = makeElement("div", "suggestions");
    this.list = makeElement("ul", "");
    this.list.id = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.hint = makeElement("p", "hint");
    this.hint.setAttribute("aria-hidden", "true");
    this.panel.hidden = true;
    this.panel.append(this.list, this.hint);
    this.count = makeElement("p", "visually-hidden");
    this.count.setAttribute("role", "status");
    this.count.setAttribute("aria-live", "polite");
    form.after(this.panel, this.count);
    // Keep the focus in the cell.
    this.panel.addEventListener("mousedown", (event) => event.preventDefault());
    this.panel.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option) this.take([...this.list.children].indexOf(option));
    });
  }

  typed(place) {
    this.close();
    if (NAME.test(place) && this.sheet.text(place).trim()) this.timer = setTimeout(() => this.load(place), PAUSE);
  }

  async load(place) {
    const typed = this.sheet.text(place);
    const abort = this.abort = new AbortController();
    const node = this.sheet.text(`${rowOf(place)}.node`);
    try {
      const query = new URLSearchParams({ kind: "name", node, q: typed.trim() });
      const response = await fetch(`${this.address}?${query}`, { signal: abort.signal });
      const answer = response.ok && (await response.json());
      if (answer && this.abort === abort) this.show(place, answer);
    } catch (error) {
      // Offline, or superseded by further typing: no suggestions.
      if (!(error instanceof TypeError || error instanceof SyntaxError || error.name === "AbortError")) throw error;
    }
  }

  show(place, { label, said: hint, suggestions }) {
    const field = this.table.field(place);
    const offered = suggestions.filter((suggestion) => this.changesFor(place, suggestion).length);
    if (!offered.length || document.activeElement !== field) return;
    this.open = { place, field, offered, index: -1 };
    this.list.replaceChildren(...offered.map((suggestion, index) => this.option(suggestion, index)));
    this.list.setAttribute("aria-label", label);
    this.hint.textContent = this.count.textContent = hint;
    this.panel.hidden = false;
    field.dispatchEvent(new CustomEvent("suggestions:shown", { bubbles: true }));
    this.positionAt(field.closest("td"));
    field.setAttribute("aria-controls", this.list.id);
    field.setAttribute("aria-autocomplete", "list");
  }

  option({ name, values, source }, index) {
    const option = makeElement("li", "");
    option.id = `suggestion-${index}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.append(makeElement("b", "", name), makeElement("span", "value", values[0] ?? ""), makeElement("span", "source", source));
    return option;
  }

  // Position the panel below the cell, or above it if it does not fit: over the table, within the window.
  positionAt(cell) {
    const { style } = this.panel;
    style.left = style.top = "0";
    const zero = this.panel.getBoundingClientRect();
    const box = cell.getBoundingClientRect();
    const left = Math.max(0, Math.min(box.left, document.documentElement.clientWidth - zero.width - 8));
    style.left = `${left - zero.left}px`;
    const isLow = box.bottom + zero.height > visibleBottom() && box.top - zero.height > TOP_BAR;
    style.top = `${(isLow ? box.top - zero.height : box.bottom) - zero.top}px`;
  }

  pressed(event) {
    if (!this.open || event.isComposing) return;
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    const isPlain = !(altKey || ctrlKey || metaKey || shiftKey);
    const isInside = this.open.index >= 0;
    if (key === "Escape") this.close();
    else if (isPlain && key === "ArrowDown") this.select(this.open.index + 1);
    else if (isPlain && key === "ArrowUp" && isInside) this.select(this.open.index - 1);
    else if (isPlain && key === "Enter" && isInside) this.take(this.open.index);
    else return;
    event.preventDefault();
  }

  // Select an option; -1 returns to the cell.
  select(to) {
    const index = Math.min(to, this.open.offered.length - 1);
    this.open.index = index;
    for (const [number, option] of [...this.list.children].entries()) option.setAttribute("aria-selected", String(number === index));
    if (index < 0) return this.open.field.removeAttribute("aria-activedescendant");
    this.open.field.setAttribute("aria-activedescendant", `suggestion-${index}`);
    this.list.children[index].scrollIntoView({ block: "nearest" });
  }

  // Return the changes a suggestion makes: the name, and its value if the target is blank.
  changesFor(place, { name, values }) {
    const target = `${rowOf(place)}.target`;
    const value = this.sheet.text(target).trim() ? this.sheet.text(target) : values[0] ?? this.sheet.text(target);
    const after = [{ place, after: name }, { place: target, after: value }];
    return after.filter((change) => this.sheet.text(change.place) !== change.after);
  }

  take(index) {
    const { place, offered } = this.open;
    const wanted = this.changesFor(place, offered[index]);
    this.close();
    const changes = this.sheet.apply(wanted);
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
