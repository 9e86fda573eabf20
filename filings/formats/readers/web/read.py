"""Read web pages, saved or pasted, and workbooks that are HTML inside: tables as grids, other text as lines.

Nothing is fetched and no script runs. The tree is walked without recursion.
"""

from dataclasses import replace

from lxml import etree

from filings.formats.file import CannotRead
from filings.formats.readers.cells.nested_tables import NestedTables
from filings.formats.readers.cells.spans import DeclaredCell
from filings.formats.readers.web.source import UNREADABLE, pages
from filings.formats.readers.web.text import collapse_spaces, field_value, is_hidden, preserved_lines
from filings.table.grid import Grid

MOST_LINES = 2_000

_UNREAD = "有的字没有读出（文件的编码有错），请对照原文件补上。"
_UNREAD_NUMBER = "列表的编号没有读出，请对照原文件补上。"
_BEYOND = "网页的内容一层套一层超过 256 层，或者一段文字超过 10 MB，未导入。请把绩效目标表复制到新文件里再导入。"
_BLOCK_ELEMENTS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section",
        "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
_ROW_GROUPS = ("thead", "tbody", "tfoot")
_FIELDS = ("input", "textarea", "select")


def read(data: bytes) -> list[Grid]:
    """Read the tables of a page or an MHTML file, each with the lines before it. Raises CannotRead."""
    tables = NestedTables(most_lines=MOST_LINES)
    for text in pages(data):
        root = _parsed(text)
        if root is not None:
            _PageWalker(tables).walk(root)
    return tables.grids()


def _parsed(text: str) -> etree._Element | None:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    # The parser drops content that is too deep or too long, and reports it only in this log.
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise CannotRead(_BEYOND)
    return root


class _PageWalker:
    """Walks a page once. Text is collected until a break, a block or a cell ends the line."""

    def __init__(self, tables: NestedTables) -> None:
        self._tables = tables
        self._line: list[str] = []
        self._warning = ""
        # The number of the open list item, until its first line is added.
        self._number = ""
        # The number of open <pre> elements, in which spaces and line breaks are preserved.
        self._pre_depth = 0
        # For each ordered list, the number of its next item.
        self._numbers: dict[etree._Element, int] = {}
        # For each open table, the first row of the open row group.
        self._group_starts: list[int] = []

    def walk(self, root: etree._Element) -> None:
        """Walk all elements below the root in document order."""
        skipped = None
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "end":
                if element is skipped:
                    skipped = None
                else:
                    self._end(element)
                self._text(element.tail)
            elif is_hidden(element) or element.tag in _FIELDS:
                skipped = element
                walker.skip_subtree()
                self._field(element)
            else:
                self._begin(element)
                self._text(element.text)
        self._end_line()

    def _begin(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _BLOCK_ELEMENTS:
            self._end_line()
        if tag == "br":
            self._end_line(breaks=True)
        elif tag == "pre":
            self._pre_depth += 1
        elif tag == "table":
            self._tables.begin_table()
            self._group_starts.append(0)
        elif tag in _ROW_GROUPS:
            self._end_group()
        elif tag == "tr":
            self._tables.begin_row()
        elif tag in ("td", "th"):
            self._tables.begin_cell(_span(element, "colspan") or 1, _span(element, "rowspan"))
        elif tag == "caption":
            self._tables.end_cell()
        elif tag == "li":
            self._number_item(element)

    def _end(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _BLOCK_ELEMENTS:
            self._end_line()
        if tag == "pre":
            self._pre_depth -= 1
        elif tag == "li":
            self._number = ""
        elif tag in ("td", "th"):
            self._tables.end_cell()
        elif tag in _ROW_GROUPS:
            self._end_group()
        elif tag == "table":
            self._end_group()
            self._group_starts.pop()
            self._tables.end_table()

    def _end_group(self) -> None:
        """Cut row spans at the end of the row group; rowspan="0" extends to it."""
        self._tables.end_cell()
        if not self._group_starts:
            return
        rows = self._tables.rows
        for index in range(self._group_starts[-1], len(rows)):
            rows[index][:] = [_cut(cell, len(rows) - index) for cell in rows[index]]
        self._group_starts[-1] = len(rows)

    def _field(self, element: etree._Element) -> None:
        if not is_hidden(element):
            self._add_preserved(field_value(element))

    def _number_item(self, item: etree._Element) -> None:
        """Compute the number of an item of an ordered list; it is displayed but not part of the text."""
        ordered = item.getparent()
        if ordered is None or ordered.tag != "ol" or "none" in ordered.get("style", "") + item.get("style", ""):
            return
        number = _integer(item.get("value", ""), self._numbers.get(ordered, _integer(ordered.get("start", ""), 1)))
        self._numbers[ordered] = number + 1
        if ordered.get("type", "1") == "1":
            self._number = f"{number}. "
        else:
            self._warning = _UNREAD_NUMBER

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if self._pre_depth:
            self._add_preserved(text)
        else:
            self._line.append(text)

    def _add_preserved(self, text: str) -> None:
        first, *others = preserved_lines(text)
        self._line.append(first)
        for line in others:
            self._end_line(breaks=True)
            self._line.append(line)

    def _end_line(self, *, breaks: bool = False) -> None:
        """Add the collected line. A blank line is displayed only if it comes from a break or has a no-break space."""
        line = "".join(self._line)
        self._line = []
        if breaks or line.strip(" \t\f\r\n"):
            text = self._number + collapse_spaces(line)
            self._number = ""
            self._tables.add_line(text, self._warning + (_UNREAD if UNREADABLE in text else ""))
            self._warning = ""


def _cut(cell: DeclaredCell, remaining: int) -> DeclaredCell:
    rows = min(cell.rows, remaining) if cell.rows else remaining
    return cell if rows == cell.rows else replace(cell, rows=rows)


def _span(element: etree._Element, name: str) -> int:
    """Parse a span; rowspan="0" means all remaining rows of the group."""
    return _integer(element.get(name, ""), 1)


def _integer(text: str, default: int) -> int:
    text = text.strip()
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= 6 else default
