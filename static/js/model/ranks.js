// Where a row stands among its neighbours: a decimal as text, "17" or "17.25", so that a row put between two others
// changes neither. The same as document/rank.py: equal neighbours get equal texts from both.

const MOST_PLACES = 60;
const BEYOND = 10n ** 9n;
const RANK = /^(?:0|[1-9]\d{0,8})(?:\.\d{0,59}[1-9])?$/;

// Above nought, and no nought in it that could be left out, so that equal ranks are equal texts.
export function isRank(text) {
  return text !== "0" && RANK.test(text);
}

// For sorting, exact: below nought when `a` stands before `b`.
export function compare(a, b) {
  const [wholeA, decimalsA = ""] = a.split(".");
  const [wholeB, decimalsB = ""] = b.split(".");
  return wholeA.length - wholeB.length || inOrder(wholeA, wholeB) || inOrder(decimalsA, decimalsB);
}

// `count` new ranks between two, in increasing order, in as few digits as hold them; an empty text is an open end.
// Two people may have made the same rank: then the new ones come close behind `low`. Throws a RangeError where there is
// no room behind it either, which takes a rank of 69 nines.
export function spread(low, high, count) {
  low ||= "0";
  for (const end of high ? [high, next(low)] : []) {
    const found = between(low, end, BigInt(count));
    if (found) return found;
  }
  const whole = BigInt(low.split(".")[0]);
  const isRoom = whole + BigInt(count) < BEYOND;
  const found = isRoom ? wholes(whole, count) : between(low, String(BEYOND), BigInt(count));
  if (!found) throw new RangeError(`no room for ${count} ranks behind ${low}`);
  return found;
}

function wholes(low, count) {
  return Array.from({ length: count }, (_, at) => String(low + BigInt(at + 1)));
}

// In the fewest places that hold so many; null when the most places do not.
function between(low, high, count) {
  for (let places = 0; places <= MOST_PLACES; places += 1) {
    const first = cut(low, places) + 1n;
    const last = cut(high, places) - (placesOf(high) <= places ? 1n : 0n);
    const room = last - first + 1n;
    if (room < count) continue;
    return steps(count, room, placesOf(low) - placesOf(high)).map((at) => text(first + at, places));
  }
  return null;
}

// Where the new ones come in the room: evenly. One alone comes next to the neighbour with more places: that one is the
// newer, and where a row was put in, the next is put in beside it, nine of them before another digit is needed.
function steps(count, room, newer) {
  if (count === 1n && newer) return [newer > 0 ? 0n : room - 1n];
  return Array.from({ length: Number(count) }, (_, at) => (BigInt(at + 1) * (room + 1n)) / (count + 1n) - 1n);
}

function inOrder(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function placesOf(rank) {
  return (rank.split(".")[1] ?? "").length;
}

// A rank in units of its so-manieth decimal, what is behind it cut off: 17.25 in one place is 172.
function cut(rank, places) {
  const [whole, decimals = ""] = rank.split(".");
  return BigInt(whole + decimals.slice(0, places).padEnd(places, "0"));
}

// The next rank of as many places: 17.3 for 17.2.
function next(rank) {
  return text(cut(rank, placesOf(rank)) + 1n, placesOf(rank));
}

function text(units, places) {
  const digits = String(units).padStart(places + 1, "0");
  const at = digits.length - places;
  const decimals = digits.slice(at).replace(/0+$/, "");
  return digits.slice(0, at) + (decimals && `.${decimals}`);
}
