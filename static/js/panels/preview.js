// The pages that will be printed, behind a tab, drawn anew after each save while they are looked at; in the table a mark
// where a page begins.

import { words } from "../messages.js";

export class Preview {
  constructor({ tabs, desk, pages, table, autosave }) {
    Object.assign(this, { tabs, desk, pages, table, autosave });
    this.asked = 0;
    for (const tab of tabs) {
      tab.addEventListener("click", () => this.show(tab.dataset.view));
      tab.addEventListener("keydown", ({ key }) => {
        if (key === "ArrowLeft" || key === "ArrowRight") this.toOtherTab(tab);
      });
    }
    autosave.addEventListener("saved", () => {
      if (this.isShown) this.refresh();
    });
    pages.addEventListener("click", (event) => {
      if (!event.target.closest("a[href^='#at-']")) return;
      event.preventDefault();
      event.stopPropagation();
      this.show("table");
      this.fieldAt(event.target.closest("[data-begins]").dataset.begins)?.focus();
    });
  }

  get isShown() {
    return !this.pages.hidden;
  }

  toOtherTab(tab) {
    const other = this.tabs.find((one) => one !== tab);
    this.show(other.dataset.view);
    other.focus();
  }

  async show(view) {
    for (const tab of this.tabs) tab.setAttribute("aria-selected", String(tab.dataset.view === view));
    for (const tab of this.tabs) tab.tabIndex = tab.dataset.view === view ? 0 : -1;
    this.pages.hidden = view !== "pages";
    this.desk.hidden = view === "pages";
    if (this.isShown) {
      await this.autosave.saveNow();
      await this.refresh();
    }
  }

  // A page may begin with a class: then it is that row's first field.
  fieldAt(place) {
    return this.table.field(place) ?? this.table.notes.get(place)?.closest("tr").querySelector(".cell");
  }

  // The newest answer counts; what was shown stays until it comes.
  async refresh() {
    const number = (this.asked += 1);
    this.pages.setAttribute("aria-busy", "true");
    if (!this.pages.firstElementChild) this.pages.textContent = words("laying_out");
    const html = await this.ask();
    if (number !== this.asked) return;
    this.pages.removeAttribute("aria-busy");
    if (html === null) this.fail();
    else this.pages.innerHTML = html;
    this.markBreaks();
  }

  async ask() {
    try {
      const response = await fetch(this.pages.dataset.address);
      return response.ok && !response.redirected ? await response.text() : null;
    } catch {
      return null;
    }
  }

  fail() {
    const said = document.createElement("p");
    said.className = "notice stop";
    said.textContent = words("no_pages");
    this.pages.replaceChildren(said);
  }

  markBreaks() {
    for (const old of document.querySelectorAll(".page-begins")) old.remove();
    [...this.pages.querySelectorAll("[data-begins]")].slice(1).forEach((page, at) => {
      const cell = this.fieldAt(page.dataset.begins)?.closest("td");
      if (!cell) return;
      const mark = document.createElement("span");
      mark.className = "page-begins";
      mark.textContent = words("page_begins", { number: at + 2 });
      cell.prepend(mark);
    });
  }
}
