// A numeral that was typed once more behind the one that the row began with is one too many: gone when the cell is left.

import { leading } from "../model/numerals.js";

export function tidyNumerals({ form, sheet, table, history }) {
  form.addEventListener("focusout", ({ target }) => {
    const place = table.place(target);
    if (!place?.startsWith("duties[")) return;
    const after = withOneNumeral(sheet.text(place));
    const changes = sheet.take([{ place, after }]);
    if (changes.length) history.push(changes, place);
  });
}

function withOneNumeral(text) {
  const numeral = leading(text);
  const again = numeral && leading(text.slice(numeral.length).trimStart());
  const isSame = again && again.number === numeral.number && again.before === numeral.before && again.after === numeral.after;
  return isSame ? text.slice(numeral.length).trimStart() : text;
}
