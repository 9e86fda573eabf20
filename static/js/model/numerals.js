// Numbered paragraphs, 「（一）」「1.」「①」 at the beginning of a line: document/numerals.py for the page, text for text.
// A numeral is { number, before, after, isChinese, isCircled, length }, `length` of what was written.

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
// Python's white space, which is not JavaScript's: the separators \x1c to \x1f and \x85 are some, \ufeff is none.
const BLANK = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const NUMBERS = new Map(Array.from({ length: 999 }, (_, at) => [inChinese(at + 1), at + 1]));

// The numeral at the beginning of a text, null when it begins with none.
export function leading(text) {
  const match = LEADING.exec(text);
  return match && numeralOf(match);
}

// The numeral of another number in the same hand: （三） for 3 after （一）.
export function written(numeral, number) {
  if (numeral.isCircled) return CIRCLED[number - 1] ?? `${number}.`;
  return numeral.before + (numeral.isChinese ? inChinese(number) : number) + numeral.after;
}

// The same texts, their leading numerals counted from one in the hand of the first; others stay as they are.
export function renumber(texts) {
  const numerals = texts.map(leading);
  const hand = numerals.find((numeral) => numeral);
  let number = 0;
  return texts.map((text, at) => {
    if (!numerals[at]) return text;
    number += 1;
    return written(hand, number) + text.slice(numerals[at].length);
  });
}

// What a text after these would begin with; empty when the last is not numbered.
export function nextNumeral(texts) {
  const last = leading(texts.at(-1) ?? "");
  return last && last.number < 999 ? written(last, last.number + 1) : "";
}

// Whether the numerals that texts begin with count 1, 2, 3 …; texts without one do not matter.
export function counted(texts) {
  const numerals = texts.map((text) => leading(strip(text))).filter((numeral) => numeral);
  return numerals.length > 0 && numerals.every((numeral, at) => numeral.number === at + 1);
}

// A pasted text cut before each numeral that counts on from the one before; in one piece when it has none.
export function splitAtNumerals(text) {
  const cuts = [0];
  let last = null;
  for (const match of text.matchAll(ANYWHERE)) {
    const numeral = numeralOf(match);
    if (!numeral || !mayBegin(text, match.index) || !(last === null || follows(numeral, last))) continue;
    cuts.push(match.index);
    last = numeral;
  }
  return cuts.map((cut, at) => strip(text.slice(cut, cuts[at + 1]))).filter((piece) => piece);
}

// At the start of the text or of a line, or behind the end of a sentence.
function mayBegin(text, at) {
  let end = at;
  while (text[end - 1] === " ") end -= 1;
  return end === 0 || BEFORE_A_NUMERAL.includes(text[end - 1]) || !strip(text.slice(0, end));
}

function follows(numeral, last) {
  const isSameHand = ["before", "after", "isChinese", "isCircled"].every((part) => numeral[part] === last[part]);
  return isSameHand && numeral.number === last.number + 1;
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

// 1 to 999: 十三 for 13, 二十 for 20, 一百零五 for 105.
function inChinese(number) {
  if (!(number >= 1 && number <= 999)) throw new RangeError(`no numeral for ${number}: 1 to 999`);
  const [hundreds, tens, ones] = [Math.floor(number / 100), Math.floor(number / 10) % 10, number % 10];
  let text = hundreds ? `${DIGITS[hundreds]}百` : "";
  if (tens) text += tens === 1 && !hundreds ? "十" : `${DIGITS[tens]}十`;
  else if (hundreds && ones) text += "零";
  return ones ? text + DIGITS[ones] : text;
}

function strip(text) {
  let [start, end] = [0, text.length];
  while (start < end && BLANK.test(text[start])) start += 1;
  while (end > start && BLANK.test(text[end - 1])) end -= 1;
  return text.slice(start, end);
}
