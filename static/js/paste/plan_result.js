// What the plan of any pasted block comes to: the changes that change something, and those that write over a text.

// A text of the table, and not a row's rank or class.
export function isCell(place) {
  return !/\]$|\.node$/.test(place) || place.startsWith("amounts[");
}

export function finished(sheet, wanted, left, added) {
  const changed = wanted.filter(({ place, after }) => sheet.text(place) !== after);
  const overwritten = changed.filter(({ place }) => isCell(place) && sheet.text(place).trim());
  return { wanted: changed, overwritten, left, added };
}
