// Target values in three columns, 计算符号 | 指标值 | 计量单位: recognize the columns of a pasted block and join their
// texts.

import { edition } from "../model/edition.js";

// Comparators recognized by document/target.py.
const COMPARATOR = /^(?:[≥≤=＝><＞＜≧≦]|[>＞][=＝]|[<＜][=＝]|大于(?:或?等于)?|小于(?:或?等于)?|等于|不(?:低于|少于|小于|超过|高于|大于|多于)|至[少多])$/;
// Units contain no digits (those would be scores) and at most 8 characters (longer texts are notes).
const UNIT = /^[^\d\s]{1,8}$/;

const normalized = (text) => (text ?? "").normalize("NFKC").replace(/\s/g, "");
const isPlaceholder = (text) => edition.nothing.includes(normalized(text));
const isTargetKind = (text) => edition.kinds_of_values.includes(normalized(text));

// Join the parts of a target: ≥ | 90 | % gives ≥90%. 定性 and 定量 are no comparators, / is no unit; a unit at the end
// of the value is not repeated.
export function joinTarget(comparator, text, unit) {
  const sign = isPlaceholder(comparator) || isTargetKind(comparator) ? "" : comparator.trim();
  const isRedundant = isPlaceholder(unit) || (normalized(unit) && normalized(text).endsWith(normalized(unit)));
  return `${sign}${text.trim()}${isRedundant ? "" : unit.trim()}`;
}

export function areComparators(texts) {
  const filled = texts.filter((text) => normalized(text));
  const isComparator = (text) => COMPARATOR.test(text.replace(/\s/g, "")) || isPlaceholder(text) || isTargetKind(text);
  return filled.length > 0 && filled.every(isComparator);
}

export function areUnits(texts) {
  return texts.filter((text) => normalized(text)).every((text) => UNIT.test(normalized(text)));
}
