// Numerals at the beginning of paragraphs: 「（一）」「1.」「①」. Equal to document/numerals.py, text for text.
// A numeral is { number, before, after, isChinese, isCircled, length }; `length` counts the characters written.

const DIGITS = "零一二三四五六七八九";
const CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";
const CHINESE = "[一二三四五六七八九十百]{1,5}";
const OPENING = [
  `(?<open>[（(])(?<inner>${CHINESE}|\\d{1,3})(?<close>[）)])`,
  `(?<ordinal>第)?(?<chinese>${CHINESE})(?<comma>[、，,.．])`,
  "(?<arabic>\\d{1,3})(?<dot>[、.．])(?!\\d)",
  `(?<circled>[${CIRCLED}])`,
].join("|");
const LEADING = new RegExp(`^(?:${OPENING})`);
const ANYWHERE = new RegExp(OPENING, "g");
const BEFORE_A_NUMERAL = "。；;！!\n";
// White space as Python defines it, unlike JavaScript: \x1c to \x1f and \x85 belong to it, \ufeff does not.
const BLANK = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const NUMBERS = new Map(Array.from({ length: 999 }, (_, index) => [inChinese(index + 1), index + 1]));

// Return the numeral at the beginning of a text, or null.
export function leadingNumeral(text) {
  const match = LEADING.exec(text);
  return match && numeralOf(match);
}

// Format a number in the style of another numeral: （三） for 3 after （一）.
export function formatNumeral(numeral, number) {
  if (numeral.isCircled) return CIRCLED[number - 1] ?? `${number}.`;
  return numeral.before + (numeral.isChinese ? inChinese(number) : number) + numeral.after;
}

// Renumber texts from one in the style of the first numeral; texts without a numeral stay unchanged.
export function renumber(texts) {
  const numerals = texts.map(leadingNumeral);
  const style = numerals.find((numeral) => numeral);
  let number = 0;
  return texts.map((text, index) => {
    if (!numerals[index]) return text;
    number += 1;
    return formatNumeral(style, number) + text.slice(numerals[index].length);
  });
}

// Return the numeral that continues a list of texts; empty if the last text has none.
export function nextNumeral(texts) {
  const last = leadingNumeral(texts.at(-1) ?? "");
  return last && last.number < 999 ? formatNumeral(last, last.number + 1) : "";
}

// Whether the leading numerals count 1, 2, 3 …; texts without one are ignored.
export function areConsecutive(texts) {
  const numerals = texts.map((text) => leadingNumeral(trimBlanks(text))).filter((numeral) => numeral);
  return numerals.length > 0 && numerals.every((numeral, index) => numeral.number === index + 1);
}

// Split a pasted text before each numeral that continues the previous one; one piece without numerals.
export function splitAtNumerals(text) {
  const cuts = [0];
  let last = null;
  for (const match of text.matchAll(ANYWHERE)) {
    const numeral = numeralOf(match);
    if (!numeral || !mayBegin(text, match.index) || !(last === null || follows(numeral, last))) continue;
    cuts.push(match.index);
    last = numeral;
  }
  return cuts.map((cut, index) => trimBlanks(text.slice(cut, cuts[index + 1]))).filter((piece) => piece);
}

// Whether a numeral may begin here: at the start of the text or of a line, or after the end of a sentence.
function mayBegin(text, index) {
  let end = index;
  while (text[end - 1] === " ") end -= 1;
  return end === 0 || BEFORE_A_NUMERAL.includes(text[end - 1]) || !trimBlanks(text.slice(0, end));
}

function follows(numeral, last) {
  const isSameStyle = ["before", "after", "isChinese", "isCircled"].every((part) => numeral[part] === last[part]);
  return isSameStyle && numeral.number === last.number + 1;
}

function numeralOf({ 0: whole, groups }) {
  const { length } = whole;
  if (groups.circled) {
    const number = CIRCLED.indexOf(groups.circled) + 1;
    return { number, before: "", after: "", isChinese: false, isCircled: true, length };
  }
  const digits = groups.inner ?? groups.chinese ?? groups.arabic;
  const isChinese = !/^\d/.test(digits);
  const number = isChinese ? NUMBERS.get(digits) : Number(digits);
  if (!number) return null;
  const before = groups.open ?? groups.ordinal ?? "";
  const after = groups.close ?? groups.comma ?? groups.dot;
  return { number, before, after, isChinese, isCircled: false, length };
}

// Format 1 to 999 in Chinese: 十三 for 13, 二十 for 20, 一百零五 for 105.
function inChinese(number) {
  if (!(number >= 1 && number <= 999)) throw new RangeError(`no numeral for ${number}: 1 to 999`);
  const [hundreds, tens, ones] = [Math.floor(number / 100), Math.floor(number / 10) % 10, number % 10];
  let text = hundreds ? `${DIGITS[hundreds]}百` : "";
  if (tens) text += tens === 1 && !hundreds ? "十" : `${DIGITS[tens]}十`;
  else if (hundreds && ones) text += "零";
  return ones ? text + DIGITS[ones] : text;
}

function trimBlanks(text) {
  let [start, end] = [0, text.length];
  while (start < end && BLANK.test(text[start])) start += 1;
  while (end > start && BLANK.test(text[end - 1])) end -= 1;
  return text.slice(start, end);
}
