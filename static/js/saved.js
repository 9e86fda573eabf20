// Shows what became of a save: the line above, what is said at the cells, the lists at both sides.

export class Saved {
  constructor(form, cells, followSums) {
    this.form = form;
    this.cells = cells;
    this.followSums = followSums;
    this.line = document.getElementById("saved");
  }

  // One of the sentences that the page brought along.
  say(what) {
    this.line.textContent = this.line.dataset[what];
    this.line.classList.toggle("care", what === "offline" || what === "keptOut");
  }

  confirm(isAll) {
    if (isAll && this.line.textContent === this.line.dataset.typing) this.sayTime("");
  }

  sayTime(time) {
    this.line.textContent = `${this.line.dataset.saved} ${time}`.trim();
    this.line.classList.remove("care");
  }

  async show(response, changes) {
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    const answer = isJson ? await response.json() : { refusal: this.line.dataset.lost };
    if (!response.ok || !isJson) {
      this.line.textContent = answer.refusal;
      this.line.classList.add("care");
      return;
    }
    this.form.elements.lock.value = answer.lock;
    this.mark(answer, changes);
    this.note(answer.notes);
    document.getElementById("sections").innerHTML = answer.sections;
    document.getElementById("beside").innerHTML = answer.beside;
    this.followSums();
    this.conclude(answer);
  }

  conclude(answer) {
    if (this.cells.some((cell) => cell.held)) this.say("keptOut");
    else if (this.cells.some((cell) => cell.isChanged)) this.say("typing");
    else this.sayTime(answer.saved_at);
  }

  // What is stored now counts as seen; what was kept out is held.
  mark(answer, changes) {
    const byPlace = new Map(this.cells.map((cell) => [cell.place, cell]));
    const sent = new Map(changes.map((change) => [change.place, change.after]));
    for (const place of answer.applied) byPlace.get(place).seen.value = sent.get(place);
    for (const { place, stored } of answer.conflicts) byPlace.get(place).hold(stored);
    for (const place of answer.refused) byPlace.get(place).hold(byPlace.get(place).seen.value);
  }

  // The sentences are the server's, escaped there. What was kept out stays said until it is written anew.
  note(notes) {
    const held = new Set(this.cells.filter((cell) => cell.held).map((cell) => cell.notes));
    for (const element of this.form.querySelectorAll("[data-notes]")) {
      const kept = held.has(element) ? [...element.querySelectorAll(".unsaved")] : [];
      element.innerHTML = notes[element.id] ?? "";
      if (!element.querySelector(".unsaved")) element.prepend(...kept);
    }
  }
}
