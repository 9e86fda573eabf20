// Canned remarks of a reason code, with the row's name and value filled in as policy/reason_codes.py does.

import { makeButton } from "../elements.js";

const NAME = "{名称}";
const VALUE = "{指标值}";

export function fillIn(text, name, value) {
  const quotedValue = value ? `「${value}」` : "（空）";
  return text.split(NAME).map((part) => part.split(VALUE).join(quotedValue)).join(`「${name}」`);
}

// Offer the texts of the chosen reason code below it. A remark that is blank, or still has the text of another code,
// takes the first one at once; the focus stays, so that arrow keys can go on through the codes.
export class CannedTexts {
  constructor({ form, fields, texts }) {
    Object.assign(this, { form, fields, texts });
    form.addEventListener("change", ({ target }) => {
      if (target.matches(".remark-card select")) this.offer(target);
    });
  }

  offer(select) {
    const editor = select.closest(".remark-field");
    const texts = this.textsOf(select.value, editor);
    const area = editor.querySelector("textarea");
    if (this.isUntyped(area, editor)) this.fields.apply([[area.name, texts[0] ?? ""]]);
    editor.querySelector(".canned")?.remove();
    if (texts.length < 2) return;
    const list = document.createElement("div");
    list.className = "canned";
    list.append(...texts.map((text) => makeButton(text, "as-link", () => this.fill(area, text))));
    area.before(list);
  }

  textsOf(code, { dataset }) {
    return (this.texts[code] ?? []).map((text) => fillIn(text, dataset.name, dataset.value));
  }

  isUntyped(area, editor) {
    const text = area.value.trim();
    return !text || Object.keys(this.texts).some((code) => this.textsOf(code, editor).includes(text));
  }

  fill(area, text) {
    this.fields.apply([[area.name, text]]);
    area.focus();
    area.setSelectionRange(text.length, text.length);
  }
}
