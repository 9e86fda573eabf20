// Ranks that order rows: decimals as text, "17" or "17.25", so that a row inserted between two others changes neither.
// Same algorithm as document/rank.py; both give equal ranks for equal neighbours.

const MOST_PLACES = 60;
const BEYOND = 10n ** 9n;
const RANK = /^(?:0|[1-9]\d{0,8})(?:\.\d{0,59}[1-9])?$/;

// Whether a text is a rank: positive and without redundant zeros, so that equal ranks are equal texts.
export function isRank(text) {
  return text !== "0" && RANK.test(text);
}

// Compare two ranks exactly, for sorting: negative when `a` precedes `b`.
export function compare(a, b) {
  const [wholeA, decimalsA = ""] = a.split(".");
  const [wholeB, decimalsB = ""] = b.split(".");
  return wholeA.length - wholeB.length || compareTexts(wholeA, wholeB) || compareTexts(decimalsA, decimalsB);
}

// Return `count` ascending ranks between two others, in as few digits as possible; an empty text is an open end.
// If `low` and `high` are equal (two users may create the same rank), the new ranks follow closely after `low`. Throws
// a RangeError if no rank is left after `low`, which takes a rank of 69 nines.
export function spread(low, high, count) {
  low ||= "0";
  for (const end of high ? [high, next(low)] : []) {
    const ranks = between(low, end, BigInt(count));
    if (ranks) return ranks;
  }
  const whole = BigInt(low.split(".")[0]);
  const fitsWholeNumbers = whole + BigInt(count) < BEYOND;
  const ranks = fitsWholeNumbers ? wholeNumbers(whole, count) : between(low, String(BEYOND), BigInt(count));
  if (!ranks) throw new RangeError(`no room for ${count} ranks behind ${low}`);
  return ranks;
}

function wholeNumbers(low, count) {
  return Array.from({ length: count }, (_, index) => String(low + BigInt(index + 1)));
}

// Use the fewest decimal places that give `count` distinct ranks; null if even the maximum is too few.
function between(low, high, count) {
  for (let places = 0; places <= MOST_PLACES; places += 1) {
    const first = truncated(low, places) + 1n;
    const last = truncated(high, places) - (placesOf(high) <= places ? 1n : 0n);
    const available = last - first + 1n;
    if (available < count) continue;
    return offsets(count, available, placesOf(low) - placesOf(high)).map((offset) => formatRank(first + offset, places));
  }
  return null;
}

// Return the offsets of the new ranks within `available` values, evenly spread. A single rank is placed next to the
// neighbour with more decimals, the newer one: rows inserted in sequence then take nine steps before another digit is
// needed.
function offsets(count, available, newer) {
  if (count === 1n && newer) return [newer > 0 ? 0n : available - 1n];
  return Array.from({ length: Number(count) }, (_, index) => (BigInt(index + 1) * (available + 1n)) / (count + 1n) - 1n);
}

function compareTexts(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function placesOf(rank) {
  return (rank.split(".")[1] ?? "").length;
}

// Return a rank in units of its last of `places` decimals, truncated: 17.25 in one place is 172.
function truncated(rank, places) {
  const [whole, decimals = ""] = rank.split(".");
  return BigInt(whole + decimals.slice(0, places).padEnd(places, "0"));
}

// Return the next rank with the same number of decimals: 17.3 for 17.2.
function next(rank) {
  return formatRank(truncated(rank, placesOf(rank)) + 1n, placesOf(rank));
}

function formatRank(units, places) {
  const digits = String(units).padStart(places + 1, "0");
  const point = digits.length - places;
  const decimals = digits.slice(point).replace(/0+$/, "");
  return digits.slice(0, point) + (decimals && `.${decimals}`);
}
