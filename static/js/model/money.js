// Parse and format amounts as users type them, equal to document/money.py: exact, in 分 as BigInt.

const FEN = {
  元: 100n, 千元: 100_000n, 万元: 1_000_000n, 万: 1_000_000n, 百万元: 100_000_000n, 千万元: 1_000_000_000n,
  亿元: 10_000_000_000n, 亿: 10_000_000_000n,
};
const AMOUNT = /^(?:人民币|[¥￥])?([-+])?((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(元|千元|万元|万|百万元|千万元|亿元|亿)?$/;
const PLAIN = /^\d+(?:\.\d+)?$/;
const LARGEST = 10n ** 15n;
const MOST_DIGITS = 40;

// Characters that document/text.py removes, and the variants that it replaces and an amount may contain.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\s\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
const FULL_WIDTH = /[＋-：]/g;
const OTHER_FORMS = { "−": "-", "⺠": "民", "⼈": "人" };

// Parse an amount from any text; `ownUnit` is the unit of the edition, used when the text names none. `fen` is null for
// a blank text and undefined for an invalid one; `unit` is the unit applied; `isPlain` is true for digits and a decimal
// point only, where no conversion needs to be shown.
export function readAmount(text, ownUnit) {
  const isPlain = PLAIN.test(text);
  const amount = compact(text);
  if (!amount) return { fen: null, unit: "", isPlain };
  const [, sign, number, written = ownUnit] = AMOUNT.exec(amount) ?? [];
  if (!number) return { fen: undefined, unit: "", isPlain };
  const unit = FEN[written] === FEN[ownUnit] ? ownUnit : written;
  return { fen: sign === "-" ? undefined : exactly(number.replaceAll(",", ""), FEN[unit]), unit, isPlain };
}

// Parse an amount to 分 as BigInt: null for a blank text, undefined for an invalid one.
export function parse(text, unit) {
  return readAmount(text, unit).fen;
}

// Format 分 as 万元 for a cell, with at least two decimals: 3000000n gives "3.00".
export function cellText(fen) {
  const digits = String(fen).padStart(7, "0");
  const decimals = digits.slice(-6).replace(/0+$/, "").padEnd(2, "0");
  return `${digits.slice(0, -6)}.${decimals}`;
}

// Format 分 as 万元 for readers: 12345670000n gives "12,345.67".
export function figure(fen) {
  const [whole, decimals] = cellText(fen).split(".");
  return `${grouped(whole)}.${decimals}`;
}

// Repeat a large amount in 亿元, rounded to two decimals: 12500000000n gives "1.25 亿元"; "" below 1 亿元.
export function inYi(fen) {
  if (fen < FEN.亿元) return "";
  const digits = String((fen + FEN.亿元 / 200n) / (FEN.亿元 / 100n));
  return `${grouped(digits.slice(0, -2))}.${digits.slice(-2)} 亿元`;
}

// The unit after a figure, with the amount in 亿元 if it is large: "万元（1.25 亿元）".
export function unitAfter(fen, unit) {
  const yi = inYi(fen);
  return yi ? `${unit}（${yi}）` : unit;
}

// Insert separators into a plain number of 1,000 or more, its decimals as typed: "12345.6" gives "12,345.6"; "" for any
// other text.
export function separated(text) {
  const [, whole, decimals = ""] = /^([1-9]\d{3,})(\.\d+)?$/.exec(text.trim()) ?? [];
  return whole ? `${grouped(whole)}${decimals}` : "";
}

function grouped(digits) {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, ",");
}

function exactly(digits, unit) {
  if (digits.length > MOST_DIGITS) return undefined;
  const [whole, decimals = ""] = digits.split(".");
  const scale = 10n ** BigInt(decimals.length);
  const fen = BigInt(whole + decimals) * unit;
  return fen % scale || fen / scale > LARGEST ? undefined : fen / scale;
}

function compact(text) {
  return text.replace(UNSEEN, "")
    .replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[−⺠⼈]/g, (sign) => OTHER_FORMS[sign])
    .replace(/^:+/, "");
}
