// Remove a numeral typed twice at the beginning of a duty when it loses focus, e.g. 「（二）（二）」.

import { leadingNumeral } from "../model/numerals.js";

export function tidyNumerals({ form, sheet, table, history }) {
  form.addEventListener("focusout", ({ target }) => {
    const place = table.place(target);
    if (!place?.startsWith("duties[")) return;
    const after = withOneNumeral(sheet.text(place));
    const changes = sheet.apply([{ place, after }]);
    if (changes.length) history.push(changes, place);
  });
}

function withOneNumeral(text) {
  const numeral = leadingNumeral(text);
  const again = numeral && leadingNumeral(text.slice(numeral.length).trimStart());
  const isSame = again && again.number === numeral.number && again.before === numeral.before && again.after === numeral.after;
  return isSame ? text.slice(numeral.length).trimStart() : text;
}
