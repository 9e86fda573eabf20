// Amounts as people type them, understood as document/money.py does: exact, in 分.

const FEN = {
  元: 100n, 千元: 100_000n, 万元: 1_000_000n, 万: 1_000_000n, 百万元: 100_000_000n, 千万元: 1_000_000_000n,
  亿元: 10_000_000_000n, 亿: 10_000_000_000n,
};
const AMOUNT = /^(?:人民币|¥)?\+?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(元|千元|万元|万|百万元|千万元|亿元|亿)?$/;
const LARGEST = 10n ** 15n;

// 分 as a BigInt, null for a blank text, undefined for one that is no valid amount.
export function parse(text, unit) {
  const compact = text.normalize("NFKC").replace(/\s/g, "").replace(/^:+/, "");
  if (!compact) return null;
  const match = AMOUNT.exec(compact);
  if (!match) return undefined;
  const [, whole, decimals = "", written = unit] = match;
  const scale = 10n ** BigInt(decimals.length);
  const fen = BigInt(whole.replaceAll(",", "") + decimals) * FEN[written];
  return fen % scale || fen / scale > LARGEST ? undefined : fen / scale;
}

// 分 as a figure in 万元 with at least two decimals: 3000000n gives "3.00".
export function figure(fen) {
  const digits = String(fen).padStart(7, "0");
  const decimals = digits.slice(-6).replace(/0+$/, "").padEnd(2, "0");
  return `${digits.slice(0, -6)}.${decimals}`;
}
