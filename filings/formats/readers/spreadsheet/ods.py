"""Reads .ods: its sheets hold the very text that a person sees, and each cell how far it spans."""

from filings.formats.file import CannotRead
from filings.formats.readers.spreadsheet import values
from filings.formats.readers.spreadsheet.cells import MOST_COLUMNS, MOST_ROWS, Collection
from filings.formats.readers.spreadsheet.package import LOCKED, Package, Silent

# Blanks in a row that a cell may hold: a file says their number.
MOST_BLANKS = 20

_VALUE_TYPE = "office:value-type"
_DAYS = ("date", "time")
# Notes and drawings hang in a cell with paragraphs of their own.
_BESIDE = frozenset({"annotation", "shapes", "frame", "custom-shape", "g"})


def read(package: Package, found: Collection) -> None:
    """Puts every cell of every sheet. Raises CannotRead."""
    package.hear("META-INF/manifest.xml", _Manifest())
    package.hear("content.xml", _Content(found))


class _Manifest(Silent):
    """Finds out whether the file has a password."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "encryption-data":
            raise CannotRead(LOCKED)


class _Content(Silent):
    """Puts the cells. A row or a cell that is repeated is put again as long as it lies within the limits."""

    def __init__(self, found: Collection) -> None:
        self._found = found
        self._row = self._column = 0
        self._row_repeats = 1
        self._cell: dict[str, str] | None = None
        self._words: list[str] = []
        self._is_open = False
        self._beside = 0
        self._is_on_sheet = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _BESIDE:
            self._beside += 1
        elif self._beside:
            return
        elif tag == "table":
            self._found.begin(attributes.get("table:name", ""))
            self._row, self._is_on_sheet = 0, True
        # The rows that follow were copied out of another file for formulas that point there.
        elif tag == "table-source":
            self._is_on_sheet = False
        elif not self._is_on_sheet:
            return
        elif tag == "table-row":
            self._column, self._row_repeats = 0, _count(attributes, "table:number-rows-repeated")
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell, self._words = attributes, []
        elif self._cell is not None:
            self._write(tag, attributes)

    def end(self, tag: str) -> None:
        if tag in _BESIDE:
            self._beside -= 1
        elif self._beside:
            return
        elif tag == "p":
            self._is_open = False
        elif tag == "table-row":
            self._row += self._row_repeats
        elif tag in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._put(self._cell)
            self._cell = None

    def text(self, text: str) -> None:
        if self._is_open and not self._beside:
            self._words.append(text)

    def _write(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "p":
            self._words.append("\n" if self._words else "")
            self._is_open = True
        elif self._is_open and tag == "s":
            self._words.append(" " * min(_count(attributes, "text:c"), MOST_BLANKS))
        elif self._is_open and tag in ("tab", "line-break"):
            self._words.append("\t" if tag == "tab" else "\n")

    def _put(self, cell: dict[str, str]) -> None:
        repeats = _count(cell, "table:number-columns-repeated")
        text, warning = _shown("".join(self._words), cell)
        wide, high = _count(cell, "table:number-columns-spanned"), _count(cell, "table:number-rows-spanned")
        if text.strip() or warning:
            # One beyond the limits is put too, and refused there.
            for row in range(self._row, self._row + min(self._row_repeats, MOST_ROWS + 1)):
                for column in range(self._column, self._column + min(repeats, MOST_COLUMNS + 1)):
                    self._found.put(row, column, text, warning)
        if wide > 1 or high > 1:
            self._found.merge(self._row, self._column, self._row + high - 1, self._column + wide - 1)
        self._column += repeats


def _shown(text: str, cell: dict[str, str]) -> values.Shown:
    """What a cell shows, with what there is to warning."""
    kind = cell.get("calcext:value-type") or cell.get(_VALUE_TYPE, "")
    if not text:
        return "", values.NO_RESULT if "table:formula" in cell and _VALUE_TYPE not in cell else ""
    if kind == "error" or (kind == "string" and "table:formula" in cell and values.is_failure(text)):
        return values.failure(text)
    if text in ("TRUE", "FALSE") and kind in ("boolean", "float"):
        return values.truth(text == "TRUE")
    if kind == "percentage":
        return text, values.PERCENT
    if kind in _DAYS:
        return text, values.of_day(text)
    if kind in ("float", "currency"):
        return _number(text, cell.get("office:value", ""))
    return text, ""


def _number(text: str, value: str) -> values.Shown:
    """A number as it is shown; where it is another or has words beside it, that is said."""
    try:
        exact, _ = values.number(float(value))
        is_same = float(text.replace(",", "")) == float(exact)
    except ValueError:
        is_same, exact = False, value
    return text, "" if is_same else f"单元格里的数是 {exact}"


def _count(attributes: dict[str, str], name: str) -> int:
    """A count of rows or columns, at least 1."""
    text = attributes.get(name, "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 1
