// Tabs of the panel: one section at a time. The first one shown is that with answers to settle, else the findings.

export class Tabs {
  constructor(panel) {
    this.tabs = [...panel.querySelectorAll("[role=tab]")];
    for (const tab of this.tabs) {
      tab.addEventListener("click", () => this.show(tab));
      tab.addEventListener("keydown", (event) => this.pressed(event, tab));
    }
    this.show(this.tabs.find((tab) => "first" in tab.dataset) ?? this.tabs[0]);
  }

  show(shown) {
    for (const tab of this.tabs) {
      const isShown = tab === shown;
      tab.setAttribute("aria-selected", String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !isShown;
    }
  }

  // Show the section that contains an element.
  showWith(element) {
    const body = element?.closest("[role=tabpanel]");
    const tab = this.tabs.find((candidate) => candidate.getAttribute("aria-controls") === body?.id);
    if (tab) this.show(tab);
  }

  pressed(event, tab) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = this.tabs.at((this.tabs.indexOf(tab) + step) % this.tabs.length);
    this.show(next);
    next.focus();
  }
}
