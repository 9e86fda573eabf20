"""Word documents (.docx): what a person sees in the body, tables as grids and paragraphs as lines.

Page headers and footers, footnotes, deleted and hidden text are left out. The tree is walked without recursion.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from filings.formats.readers.cells.nested_tables import NestedTables
from filings.formats.readers.cells.spans import MOST_COLUMNS, Merge
from filings.formats.readers.word.numbering import (
    Numbering,
    child_value,
    is_on,
    value_of,
)
from filings.formats.readers.word.package import W, unpacked
from filings.formats.readers.word.symbols import symbol
from filings.table.grid import Grid

MOST_LINES = 20_000

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_BOXES = {True: "☑", False: "☐"}
_UNREAD_SYMBOL = "有一个符号没有读出，请对照原文件补上。"

# Whatever lies in these is no text that is seen.
_UNSEEN: Final = frozenset(
    f"{W}{name}"
    for name in (
        "del", "moveFrom", "instrText", "delText", "delInstrText", "rt", "rubyPr", "pPr", "rPr", "tblPr", "tblPrEx",
        "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "sectPr", "altChunk",
    )
)  # fmt: skip
_SIGNS: Final = {
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}noBreakHyphen": "-",
}
_BLANKS = str.maketrans("\t\r\n\xa0", "    ")


def read(data: bytes) -> list[Grid]:
    """The tables of a .docx, each with the lines before it; columns are those of the file. Raises CannotRead."""
    parts = unpacked(data)
    walk = _DocumentWalk(Numbering(parts.numbering, parts.styles))
    walk.through(parts.document)
    return walk.tables.grids()


@dataclass
class _Paragraph:
    texts: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    # One whose mark is deleted or hidden is seen only if it has text.
    vanishes: bool = False


class _DocumentWalk:
    """One way through a document. Paragraphs and tables stand inside one another: a text box hangs in a paragraph."""

    def __init__(self, numbering: Numbering) -> None:
        self.tables = NestedTables(most_lines=MOST_LINES)
        self._numbering = numbering
        self._paragraphs: list[_Paragraph] = []
        # For each open table how many columns it says it has; for each open row the column that comes next.
        self._widths: list[int] = []
        self._columns: list[int] = []
        self._begin: dict[str, Callable[[etree._Element], None]] = {
            f"{W}p": self._begin_paragraph,
            f"{W}tbl": self._begin_table,
            f"{W}tr": self._begin_row,
            f"{W}tc": self._begin_cell,
            f"{W}t": self._text,
            f"{_M}t": self._text,
            f"{W}sym": self._symbol,
            f"{W}fldChar": self._field,
            f"{W}sdt": self._control,
        }
        self._end: dict[str, Callable[[], None]] = {
            f"{W}p": self._end_paragraph,
            f"{W}tbl": self._end_table,
            f"{W}tr": self._end_row,
            f"{W}tc": self.tables.end_cell,
        }

    def through(self, root: etree._Element) -> None:
        """Everything below the root, in the order of the document."""
        skipped = None
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "end":
                # The end of what was skipped comes all the same.
                if element is skipped:
                    skipped = None
                elif end := self._end.get(str(element.tag)):
                    end()
            elif _is_unseen(element):
                skipped = element
                walker.skip_subtree()
            elif sign := _SIGNS.get(str(element.tag)):
                self._add(sign)
            elif begin := self._begin.get(str(element.tag)):
                begin(element)

    def _begin_paragraph(self, element: etree._Element) -> None:
        properties = element.find(f"{W}pPr")
        paragraph = _Paragraph()
        self._paragraphs.append(paragraph)
        mark = None if properties is None else properties.find(f"{W}rPr")
        if mark is not None:
            gone = (mark.find(f"{W}{name}") is not None for name in ("del", "moveFrom"))
            paragraph.vanishes = any(gone) or is_on(mark.find(f"{W}vanish"))
        if not paragraph.vanishes:
            self._add(*self._numbering.numeral(properties))

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        text = "".join(paragraph.texts)
        if text or not paragraph.vanishes:
            self.tables.line(text, "".join(dict.fromkeys(paragraph.warnings)))

    def _begin_table(self, element: etree._Element) -> None:
        grid = element.find(f"{W}tblGrid")
        self._widths.append(0 if grid is None else len(grid.findall(f"{W}gridCol")))
        self.tables.begin_table(self._widths[-1])

    def _end_table(self) -> None:
        self._widths.pop()
        self.tables.end_table()

    def _begin_row(self, element: etree._Element) -> None:
        self._columns.append(self._span(child_value(element.find(f"{W}trPr"), "gridBefore") or "0"))
        self.tables.begin_row()

    def _end_row(self) -> None:
        self._columns.pop()

    def _begin_cell(self, element: etree._Element) -> None:
        properties = element.find(f"{W}tcPr")
        column = self._columns[-1] if self._columns else 0
        columns = max(1, self._span(child_value(properties, "gridSpan") or "1", column))
        self.tables.begin_cell(columns, column=column, merge=_merge(properties))
        if self._columns:
            self._columns[-1] = column + columns

    def _span(self, declared: str, column: int = 0) -> int:
        """A number of columns; one that no table has is cut at the table's edge."""
        columns = int(declared) if declared.isdecimal() and len(declared) <= 6 else 1
        left = (self._widths[-1] if self._widths else 0) - column
        return columns if columns <= MOST_COLUMNS else max(1, min(left, MOST_COLUMNS))

    def _text(self, element: etree._Element) -> None:
        self._add((element.text or "").translate(_BLANKS))

    def _symbol(self, element: etree._Element) -> None:
        sign = symbol(value_of(element, "font"), value_of(element, "char"))
        self._add(sign, "" if sign else _UNREAD_SYMBOL)

    def _field(self, element: etree._Element) -> None:
        """The check boxes of old forms stand in fields."""
        box = element.find(f"{W}ffData/{W}checkBox")
        if box is not None:
            checked = box.find(f"{W}checked")
            self._add(_BOXES[is_on(box.find(f"{W}default") if checked is None else checked)])

    def _control(self, element: etree._Element) -> None:
        if (box := _check_box(element)) is not None:
            checked = box.find(f"{_W14}checked")
            value = "" if checked is None else checked.get(f"{_W14}val", "1")
            self._add(_BOXES[value in ("1", "true", "on")])

    def _add(self, text: str, warning: str = "") -> None:
        """Text of the innermost paragraph; outside of all there is none in a sound file."""
        if self._paragraphs:
            self._paragraphs[-1].texts.append(text)
            self._paragraphs[-1].warnings.append(warning)


def _is_unseen(element: etree._Element) -> bool:
    tag = element.tag
    if tag in _UNSEEN:
        return True
    if tag == f"{W}r":
        return is_on(element.find(f"{W}rPr/{W}vanish"))
    if tag == f"{W}tr":
        properties = element.find(f"{W}trPr")
        return properties is not None and (
            properties.find(f"{W}del") is not None or is_on(properties.find(f"{W}hidden"))
        )
    if tag == f"{_MC}Fallback":
        before = element.getprevious()
        return before is not None and before.tag == f"{_MC}Choice"
    # The sign that a check box shows is in a font of its own; what it says stands in its properties.
    parent = element.getparent() if tag == f"{W}sdtContent" else None
    return parent is not None and _check_box(parent) is not None


def _check_box(control: etree._Element) -> etree._Element | None:
    """The check box of a content control that stands in a line of text."""
    box = control.find(f"{W}sdtPr/{_W14}checkbox")
    return box if box is not None and control.find(f"{W}sdtContent/{W}r") is not None else None


def _merge(properties: etree._Element | None) -> Merge | None:
    if properties is None:
        return None
    beside = properties.find(f"{W}hMerge")
    if beside is not None and value_of(beside) != "restart":
        return Merge.RIGHT
    below = properties.find(f"{W}vMerge")
    if below is None:
        return None
    return Merge.BEGINS if value_of(below) == "restart" else Merge.DOWN
