// Earlier remarks that the reviewer settles as 认可 or 仍有问题: the key that accepts one, and what is still unsettled.

import { message } from "../messages.js";
import { setText } from "../elements.js";

export class Settling {
  constructor({ form, fields, count }) {
    Object.assign(this, { form, count });
    fields.addEventListener("change", () => this.render());
    this.render();
  }

  // Accept the first unsettled remark of an item of the panel; return whether there is one.
  accept(item) {
    const unsettled = [...(item?.querySelectorAll(".settle") ?? [])].find((group) => !isSettled(group));
    unsettled?.querySelector("input[value=accepted]").click();
    return Boolean(unsettled);
  }

  // Show in a list those points whose remark is not settled yet; return their number. `isDone` tests the chosen state.
  showOpen(list, isDone = Boolean) {
    const points = [...(list?.querySelectorAll("li") ?? [])];
    for (const point of points.filter(({ dataset }) => dataset.settled)) {
      point.hidden = isDone(this.form.elements[point.dataset.settled]?.value);
    }
    const open = points.filter((point) => !point.hidden).length;
    if (list) list.hidden = !open;
    return open;
  }

  render() {
    const unsettled = [...this.form.querySelectorAll(".settle")].filter((group) => !isSettled(group)).length;
    setText(this.count, message("unsettled", { count: unsettled }));
    this.count.hidden = !unsettled;
  }
}

function isSettled(group) {
  return Boolean(group.querySelector("input:checked")?.value);
}
