// Plan pasting a block into the budget amounts.

import { budgetLineIn, edition } from "../model/edition.js";
import { planResult } from "./plan_result.js";

export function planAmounts({ cells }, place, sheet) {
  const all = edition.lines.map(({ key }) => key);
  const wanted = new Map();
  const unplaced = [];
  let index = all.indexOf(place.slice("amounts[".length, -1));
  for (const row of cells) {
    const texts = row.filter((text) => text?.trim());
    const named = texts.map(budgetLineIn);
    if (named.some(({ line }) => line)) {
      takeNamedAmounts(texts, named, wanted, unplaced);
      continue;
    }
    const [text, ...others] = texts;
    if (text !== undefined && index < all.length) wanted.set(`amounts[${all[index]}]`, text.trim());
    else if (text !== undefined) unplaced.push(text);
    unplaced.push(...others);
    index += 1;
  }
  return planResult(sheet, [...wanted].map(([target, after]) => ({ place: target, after })), unplaced, 0);
}

// Assign labelled amounts: after a colon, or in the following cell.
function takeNamedAmounts(texts, named, wanted, unplaced) {
  for (let index = 0; index < texts.length; index += 1) {
    const { line, amount } = named[index];
    if (!line) {
      unplaced.push(texts[index]);
    } else if (amount) {
      wanted.set(`amounts[${line}]`, amount);
    } else if (texts[index + 1] && !named[index + 1].line) {
      wanted.set(`amounts[${line}]`, texts[index + 1].trim());
      index += 1;
    }
  }
}
