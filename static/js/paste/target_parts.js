// Target values that another table has in three columns, 计算符号 | 指标值 | 计量单位, and which columns of a pasted block
// those are.

import { form } from "../model/edition.js";

// As document/target.py reads them.
const COMPARATOR = /^(?:[≥≤=＝><＞＜≧≦]|[>＞][=＝]|[<＜][=＝]|大于(?:或?等于)?|小于(?:或?等于)?|等于|不(?:低于|少于|小于|超过|高于|大于|多于)|至[少多])$/;
// A column of numbers is one of points, a column of long words one of notes.
const UNIT = /^[^\d\s]{1,8}$/;

const bare = (text) => (text ?? "").normalize("NFKC").replace(/\s/g, "");
const isNothing = (text) => form.nothing.includes(bare(text));
const isKind = (text) => form.kinds_of_values.includes(bare(text));

// One value: ≥ | 90 | % is ≥90%. 定性 and 定量 are no comparators, / is no unit; a unit that the value ends with is not put twice.
export function joined(comparator, text, unit) {
  const sign = isNothing(comparator) || isKind(comparator) ? "" : comparator.trim();
  const isSaid = isNothing(unit) || (bare(unit) && bare(text).endsWith(bare(unit)));
  return `${sign}${text.trim()}${isSaid ? "" : unit.trim()}`;
}

export function areComparators(texts) {
  const filled = texts.filter((text) => bare(text));
  const isOne = (text) => COMPARATOR.test(text.replace(/\s/g, "")) || isNothing(text) || isKind(text);
  return filled.length > 0 && filled.every(isOne);
}

export function areUnits(texts) {
  return texts.filter((text) => bare(text)).every((text) => UNIT.test(bare(text)));
}
