"""Read .ods: the displayed text and the declared spans of each cell, from content.xml.

We rely on this reader rather than on python-calamine (0.9), which reads .xlsb for us, because calamine gives values
without their display and without the structure by which tables are recognised:

- Merged ranges are not reported for .ods; the sample archives.ods has 30.
- 98.50% is read as 0.985, 1,233 as 1233.0, 2022年12月 as a date. Errors (#REF!) and formulas without a result are
  read as empty cells. All five tests of .ods fail, and so does that of a workbook form saved as .ods by LibreOffice.
- Tabs and line breaks inside a paragraph are dropped, and text of drawings is mixed into the text of the cell.
- Repetitions are expanded first: 3,000 rows that repeat a cell 16,000 times (2.5 KB zipped) abort the child process at
  its 300 MB, where this reader refuses the file with the reason, at column 101.

All of these are attributes and elements of the cells in content.xml, so adding them to calamine's values would mean
walking the same elements as this module does.
"""

from filings.formats.file import CannotRead
from filings.formats.readers.spreadsheet import values
from filings.formats.readers.spreadsheet.package import LOCKED, Package, PartHandler
from filings.formats.readers.spreadsheet.sheets import MOST_COLUMNS, MOST_ROWS, SheetCollector

# Of a run of spaces: the file declares only their number (text:s).
MOST_SPACES = 20

_VALUE_TYPE = "office:value-type"
_DATE_TYPES = ("date", "time")
# Comments and drawings are inside a cell and have paragraphs of their own.
_SKIPPED = frozenset({"annotation", "shapes", "frame", "custom-shape", "g"})


def read(package: Package, sheets: SheetCollector) -> None:
    """Add every cell of every sheet. Raises CannotRead."""
    package.parse("META-INF/manifest.xml", _ManifestHandler())
    package.parse("content.xml", _ContentHandler(sheets))


class _ManifestHandler(PartHandler):
    """Refuse encrypted files."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "encryption-data":
            raise CannotRead(LOCKED)


class _ContentHandler(PartHandler):
    """Add the cells. Repeated rows and cells are added repeatedly, up to one beyond the limits."""

    def __init__(self, sheets: SheetCollector) -> None:
        self._sheets = sheets
        self._row = self._column = 0
        self._row_repeats = 1
        self._cell: dict[str, str] | None = None
        self._texts: list[str] = []
        self._in_paragraph = False
        self._skipped_depth = 0
        self._in_sheet = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _SKIPPED:
            self._skipped_depth += 1
        elif self._skipped_depth:
            return
        elif tag == "table":
            self._sheets.begin_sheet(attributes.get("table:name", ""))
            self._row, self._in_sheet = 0, True
        # The rows that follow are cached from another file, for formulas that refer to it.
        elif tag == "table-source":
            self._in_sheet = False
        elif not self._in_sheet:
            return
        elif tag == "table-row":
            self._column, self._row_repeats = 0, _count(attributes, "table:number-rows-repeated")
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell, self._texts = attributes, []
        elif self._cell is not None:
            self._start_text(tag, attributes)

    def end(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipped_depth -= 1
        elif self._skipped_depth:
            return
        elif tag == "p":
            self._in_paragraph = False
        elif tag == "table-row":
            self._row += self._row_repeats
        elif tag in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._add(self._cell)
            self._cell = None

    def text(self, text: str) -> None:
        if self._in_paragraph and not self._skipped_depth:
            self._texts.append(text)

    def _start_text(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "p":
            self._texts.append("\n" if self._texts else "")
            self._in_paragraph = True
        elif self._in_paragraph and tag == "s":
            self._texts.append(" " * min(_count(attributes, "text:c"), MOST_SPACES))
        elif self._in_paragraph and tag in ("tab", "line-break"):
            self._texts.append("\t" if tag == "tab" else "\n")

    def _add(self, cell: dict[str, str]) -> None:
        repeats = _count(cell, "table:number-columns-repeated")
        text, warning = _display("".join(self._texts), cell)
        columns, rows = _count(cell, "table:number-columns-spanned"), _count(cell, "table:number-rows-spanned")
        if text.strip() or warning:
            # The first cell beyond the limits is added too, and refused there.
            for row in range(self._row, self._row + min(self._row_repeats, MOST_ROWS + 1)):
                for column in range(self._column, self._column + min(repeats, MOST_COLUMNS + 1)):
                    self._sheets.add_cell(row, column, text, warning)
        if columns > 1 or rows > 1:
            self._sheets.add_merge(self._row, self._column, self._row + rows - 1, self._column + columns - 1)
        self._column += repeats


def _display(text: str, cell: dict[str, str]) -> values.Display:
    value_type = cell.get("calcext:value-type") or cell.get(_VALUE_TYPE, "")
    if not text:
        return "", values.NO_RESULT if "table:formula" in cell and _VALUE_TYPE not in cell else ""
    if value_type == "error" or (value_type == "string" and "table:formula" in cell and values.is_error(text)):
        return values.display_error(text)
    if text in ("TRUE", "FALSE") and value_type in ("boolean", "float"):
        return values.display_boolean(text == "TRUE")
    if value_type == "percentage":
        return text, values.PERCENT
    if value_type in _DATE_TYPES:
        return text, values.date_warning(text)
    if value_type in ("float", "currency"):
        return _display_number(text, cell.get("office:value", ""))
    return text, ""


def _display_number(text: str, value: str) -> values.Display:
    """Keep the displayed number; warn if the stored value differs or the text is more than a number."""
    try:
        exact, _ = values.display_number(float(value))
        is_same = float(text.replace(",", "")) == float(exact)
    except ValueError:
        is_same, exact = False, value
    return text, "" if is_same else f"单元格里的数是 {exact}"


def _count(attributes: dict[str, str], name: str) -> int:
    """Return a count of rows, columns or spaces; 1 if it is missing or invalid."""
    text = attributes.get(name, "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 1
