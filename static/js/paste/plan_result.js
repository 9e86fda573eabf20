// Result of planning a paste: the effective changes, and which of them overwrite a text.

// Whether a place holds a text, rather than the rank or class of a row.
export function isCell(place) {
  return !/\]$|\.node$/.test(place) || place.startsWith("amounts[");
}

export function planResult(sheet, wanted, unplaced, added) {
  const changed = wanted.filter(({ place, after }) => sheet.text(place) !== after);
  const overwritten = changed.filter(({ place }) => isCell(place) && sheet.text(place).trim());
  return { wanted: changed, overwritten, unplaced, added };
}
