// Print preview in a tab, refreshed after each save while visible; markers in the table show where each page begins.

import { message } from "../messages.js";

export class Preview {
  constructor({ tabs, tablePanel, pages, table, autosave }) {
    Object.assign(this, { tabs, tablePanel, pages, table, autosave });
    this.requestNumber = 0;
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
    const other = this.tabs.find((candidate) => candidate !== tab);
    this.show(other.dataset.view);
    other.focus();
  }

  async show(view) {
    for (const tab of this.tabs) tab.setAttribute("aria-selected", String(tab.dataset.view === view));
    for (const tab of this.tabs) tab.tabIndex = tab.dataset.view === view ? 0 : -1;
    this.pages.hidden = view !== "pages";
    this.tablePanel.hidden = view === "pages";
    if (this.isShown) {
      await this.autosave.saveNow();
      await this.refresh();
    }
  }

  // Return the field at the beginning of a page; for a class, the first field of its first row.
  fieldAt(place) {
    return this.table.field(place) ?? this.table.notes.get(place)?.closest("tr").querySelector(".cell");
  }

  // Load the pages. Only the latest request counts; the previous pages stay visible meanwhile.
  async refresh() {
    const number = (this.requestNumber += 1);
    this.pages.setAttribute("aria-busy", "true");
    if (!this.pages.firstElementChild) this.pages.textContent = message("rendering_pages");
    const html = await this.fetchPages();
    if (number !== this.requestNumber) return;
    this.pages.removeAttribute("aria-busy");
    if (html === null) this.showFailure();
    else this.pages.innerHTML = html;
    this.markBreaks();
  }

  async fetchPages() {
    try {
      const response = await fetch(this.pages.dataset.address);
      return response.ok && !response.redirected ? await response.text() : null;
    } catch {
      return null;
    }
  }

  showFailure() {
    const notice = document.createElement("p");
    notice.className = "notice stop";
    notice.textContent = message("pages_unavailable");
    this.pages.replaceChildren(notice);
  }

  markBreaks() {
    for (const old of document.querySelectorAll(".page-begins")) old.remove();
    [...this.pages.querySelectorAll("[data-begins]")].slice(1).forEach((page, index) => {
      const cell = this.fieldAt(page.dataset.begins)?.closest("td");
      if (!cell) return;
      const marker = document.createElement("span");
      marker.className = "page-begins";
      marker.textContent = message("page_begins", { number: index + 2 });
      cell.prepend(marker);
    });
  }
}
