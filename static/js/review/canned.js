// Canned remarks of a reason code, with the row's name and value filled in as policy/reason_codes.py does.

import { makeButton } from "../elements.js";

const NAME = "{名称}";
const VALUE = "{指标值}";

export function fillIn(text, name, value) {
  const quotedValue = value ? `「${value}」` : "（空）";
  return text.split(NAME).map((part) => part.split(VALUE).join(quotedValue)).join(`「${name}」`);
}

// Offer the texts of the chosen reason code below it; a blank remark takes the first one at once.
export class CannedTexts {
  constructor({ form, fields, texts }) {
    Object.assign(this, { form, fields, texts });
    form.addEventListener("change", ({ target }) => {
      if (target.matches(".remark-card select")) this.offer(target);
    });
  }

  offer(select) {
    const editor = select.closest(".remark-field");
    const { name, value } = editor.dataset;
    const texts = (this.texts[select.value] ?? []).map((text) => fillIn(text, name, value));
    const area = editor.querySelector("textarea");
    if (!area.value.trim() && texts.length) this.fill(area, texts[0]);
    editor.querySelector(".canned")?.remove();
    if (texts.length < 2) return;
    const list = document.createElement("div");
    list.className = "canned";
    list.append(...texts.map((text) => makeButton(text, "as-link", () => this.fill(area, text))));
    area.before(list);
  }

  fill(area, text) {
    this.fields.apply([[area.name, text]]);
    area.focus();
    area.setSelectionRange(text.length, text.length);
  }
}
