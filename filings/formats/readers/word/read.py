"""Read Word documents (.docx): the displayed text of the body, tables as grids and paragraphs as lines.

Page headers and footers, footnotes, deleted and hidden text are left out. The tree is walked without recursion.

We rely on this walk rather than on the document model of python-docx (1.2). Of the 72 tests of this package, 52 fail
with its paragraphs, tables and cells: 19 because it does not compute numbering, 15 when it opens the file (see
package.py), and 18 because

- Paragraph.text has only runs and hyperlinks: tracked insertions, content controls, text boxes, formulas, fields,
  symbols and check boxes are lost, and hidden text is included;
- rows and cells in content controls are lost, deleted rows are included, and w:hMerge is not known.

It also takes 2.8 s for a table of 3,000 rows and 6 columns, this walk 0.7 s.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from filings.formats.readers.cells.nested_tables import NestedTables
from filings.formats.readers.cells.spans import MOST_COLUMNS, Merge
from filings.formats.readers.word.numbering import Numbering, child_value, is_on, value_of
from filings.formats.readers.word.package import W, open_parts
from filings.formats.readers.word.symbols import symbol
from filings.table.grid import Grid

MOST_LINES = 20_000

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_BOXES = {True: "☑", False: "☐"}
_UNREAD_SYMBOL = "有一个符号没有读出，请对照原文件补上。"

# Elements whose content is not displayed.
_NOT_DISPLAYED: Final = frozenset(
    f"{W}{name}"
    for name in (
        "del", "moveFrom", "instrText", "delText", "delInstrText", "rt", "rubyPr", "pPr", "rPr", "tblPr", "tblPrEx",
        "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "sectPr", "altChunk",
    )
)  # fmt: skip
_CHARACTERS: Final = {
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}noBreakHyphen": "-",
}
_BLANKS = str.maketrans("\t\r\n\xa0", "    ")


def read(data: bytes) -> list[Grid]:
    """Read the tables of a .docx, each with the lines before it; columns are those of the file. Raises CannotRead."""
    parts = open_parts(data)
    walker = _DocumentWalker(Numbering(parts.numbering, parts.styles))
    walker.walk(parts.document)
    return walker.tables.grids()


@dataclass
class _Paragraph:
    texts: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    # The paragraph mark is deleted or hidden: the paragraph is displayed only if it has text.
    is_mark_hidden: bool = False


class _DocumentWalker:
    """Walks a document once. Paragraphs and tables may be nested: a text box is inside a paragraph."""

    def __init__(self, numbering: Numbering) -> None:
        self.tables = NestedTables(most_lines=MOST_LINES)
        self._numbering = numbering
        self._paragraphs: list[_Paragraph] = []
        # For each open table its declared number of columns; for each open row its next column.
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

    def walk(self, root: etree._Element) -> None:
        """Walk all elements below the root in document order."""
        skipped = None
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "end":
                # iterwalk reports the end of a skipped element too.
                if element is skipped:
                    skipped = None
                elif end := self._end.get(str(element.tag)):
                    end()
            elif not _is_displayed(element):
                skipped = element
                walker.skip_subtree()
            elif character := _CHARACTERS.get(str(element.tag)):
                self._add(character)
            elif begin := self._begin.get(str(element.tag)):
                begin(element)

    def _begin_paragraph(self, element: etree._Element) -> None:
        properties = element.find(f"{W}pPr")
        paragraph = _Paragraph()
        self._paragraphs.append(paragraph)
        mark = None if properties is None else properties.find(f"{W}rPr")
        if mark is not None:
            is_deleted = any(mark.find(f"{W}{name}") is not None for name in ("del", "moveFrom"))
            paragraph.is_mark_hidden = is_deleted or is_on(mark.find(f"{W}vanish"))
        if not paragraph.is_mark_hidden:
            self._add(*self._numbering.numeral(properties))

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        text = "".join(paragraph.texts)
        if text or not paragraph.is_mark_hidden:
            self.tables.add_line(text, "".join(dict.fromkeys(paragraph.warnings)))

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
        """Parse a number of columns; one that no table has is cut at the table's edge."""
        columns = int(declared) if declared.isdecimal() and len(declared) <= 6 else 1
        remaining = (self._widths[-1] if self._widths else 0) - column
        return columns if columns <= MOST_COLUMNS else max(1, min(remaining, MOST_COLUMNS))

    def _text(self, element: etree._Element) -> None:
        self._add((element.text or "").translate(_BLANKS))

    def _symbol(self, element: etree._Element) -> None:
        character = symbol(value_of(element, "font"), value_of(element, "char"))
        self._add(character, "" if character else _UNREAD_SYMBOL)

    def _field(self, element: etree._Element) -> None:
        """Add the check box of a legacy form field."""
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
        """Add text to the innermost paragraph. Valid files have no text outside of paragraphs; it is ignored."""
        if self._paragraphs:
            self._paragraphs[-1].texts.append(text)
            self._paragraphs[-1].warnings.append(warning)


def _is_displayed(element: etree._Element) -> bool:
    tag = element.tag
    if tag in _NOT_DISPLAYED:
        return False
    if tag == f"{W}r":
        return not is_on(element.find(f"{W}rPr/{W}vanish"))
    if tag == f"{W}tr":
        properties = element.find(f"{W}trPr")
        return properties is None or not (
            properties.find(f"{W}del") is not None or is_on(properties.find(f"{W}hidden"))
        )
    if tag == f"{_MC}Fallback":
        previous = element.getprevious()
        return previous is None or previous.tag != f"{_MC}Choice"
    # The content of a check box is a character of a symbol font; its state is read from the properties instead.
    parent = element.getparent() if tag == f"{W}sdtContent" else None
    return parent is None or _check_box(parent) is None


def _check_box(control: etree._Element) -> etree._Element | None:
    """Return the check box of an inline content control, if it is one."""
    box = control.find(f"{W}sdtPr/{_W14}checkbox")
    return box if box is not None and control.find(f"{W}sdtContent/{W}r") is not None else None


def _merge(properties: etree._Element | None) -> Merge | None:
    if properties is None:
        return None
    horizontal = properties.find(f"{W}hMerge")
    if horizontal is not None and value_of(horizontal) != "restart":
        return Merge.RIGHT
    vertical = properties.find(f"{W}vMerge")
    if vertical is None:
        return None
    return Merge.BEGINS if value_of(vertical) == "restart" else Merge.DOWN
