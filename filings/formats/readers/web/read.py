"""Web pages, saved or pasted, and the workbooks that are pages inside: tables as grids, other text as lines.

Nothing is fetched, no script runs. The tree is walked without recursion.
"""

from collections.abc import Iterable
from dataclasses import replace

from lxml import etree

from filings.formats.file import CannotRead
from filings.formats.readers.cells.nested_tables import NestedTables
from filings.formats.readers.cells.spans import Declared
from filings.formats.readers.web.source import UNREADABLE, pages
from filings.formats.readers.web.text import (
    collapsed,
    is_hidden,
    kept,
    value_of,
)
from filings.table.grid import Grid

MOST_LINES = 2_000
# Of what is read at once, in the process that asks: the worst of such a length takes some seconds.
LONGEST_TEXT = 2_000_000

_UNREAD = "有的字没有读出（文件的编码有错），请对照原文件补上。"
_UNREAD_NUMBER = "列表的编号没有读出，请对照原文件补上。"
_BEYOND = "网页的内容一层套一层超过 256 层，或者一段文字超过 10 MB，没有导入。请把绩效目标表复制到新文件里再导入。"
_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section",
        "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
_GROUPS = ("thead", "tbody", "tfoot")
_FIELDS = ("input", "textarea", "select")


def read(data: bytes) -> list[Grid]:
    """The tables of a page or an MHTML file, each with the lines before it. Raises CannotRead."""
    return _read(pages(data))


def read_text(html: str) -> list[Grid]:
    """The tables of a page or of a pasted piece of one, each with the lines before it. Raises CannotRead."""
    if len(html) > LONGEST_TEXT:
        raise CannotRead(f"粘贴的内容有 {len(html)} 个字符，超过上限 {LONGEST_TEXT} 个。请只复制绩效目标表，再粘贴。")
    return _read([html])


def _read(texts: Iterable[str]) -> list[Grid]:
    tables = NestedTables(most_lines=MOST_LINES)
    for text in texts:
        root = _parsed(text)
        if root is not None:
            _PageWalk(tables).through(root)
    return tables.grids()


def _parsed(text: str) -> etree._Element | None:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    # The parser leaves out what is too deep or too long, and says so only here.
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise CannotRead(_BEYOND)
    return root


class _PageWalk:
    """One way through a page. Text gathers into a line until something ends it: a break, a block, a cell."""

    def __init__(self, tables: NestedTables) -> None:
        self._tables = tables
        self._line: list[str] = []
        self._warn = ""
        # The number of a list's item, until its first line comes.
        self._number = ""
        # How many elements are open in which spaces and breaks are seen as they stand.
        self._kept = 0
        # For each list that counts, the number of its next item.
        self._numbers: dict[etree._Element, int] = {}
        # For each open table, the row with which the open group of rows began.
        self._groups: list[int] = []

    def through(self, root: etree._Element) -> None:
        """Everything below the root, in the order of the page."""
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
        if tag in _BLOCKS:
            self._end_line()
        if tag == "br":
            self._end_line(breaks=True)
        elif tag == "pre":
            self._kept += 1
        elif tag == "table":
            self._tables.begin_table()
            self._groups.append(0)
        elif tag in _GROUPS:
            self._end_group()
        elif tag == "tr":
            self._tables.begin_row()
        elif tag in ("td", "th"):
            self._tables.begin_cell(_span(element, "colspan") or 1, _span(element, "rowspan"))
        elif tag == "caption":
            self._tables.end_cell()
        elif tag == "li":
            self._count(element)

    def _end(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._end_line()
        if tag == "pre":
            self._kept -= 1
        elif tag == "li":
            self._number = ""
        elif tag in ("td", "th"):
            self._tables.end_cell()
        elif tag in _GROUPS:
            self._end_group()
        elif tag == "table":
            self._end_group()
            self._groups.pop()
            self._tables.end_table()

    def _end_group(self) -> None:
        """Row spans end with their group of rows; nought means as far as that."""
        self._tables.end_cell()
        if not self._groups:
            return
        rows = self._tables.rows
        for at in range(self._groups[-1], len(rows)):
            rows[at][:] = [_cut(cell, len(rows) - at) for cell in rows[at]]
        self._groups[-1] = len(rows)

    def _field(self, element: etree._Element) -> None:
        if not is_hidden(element):
            self._add_kept(value_of(element))

    def _count(self, item: etree._Element) -> None:
        """The number of a list's item is seen, and stands nowhere in its text."""
        counts = item.getparent()
        if counts is None or counts.tag != "ol" or "none" in counts.get("style", "") + item.get("style", ""):
            return
        number = _whole(item.get("value", ""), self._numbers.get(counts, _whole(counts.get("start", ""), 1)))
        self._numbers[counts] = number + 1
        if counts.get("type", "1") == "1":
            self._number = f"{number}. "
        else:
            self._warn = _UNREAD_NUMBER

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if self._kept:
            self._add_kept(text)
        else:
            self._line.append(text)

    def _add_kept(self, text: str) -> None:
        first, *others = kept(text)
        self._line.append(first)
        for line in others:
            self._end_line(breaks=True)
            self._line.append(line)

    def _end_line(self, *, breaks: bool = False) -> None:
        """The line goes to its cell. A blank one is seen only where a break or a hard space makes it."""
        whole = "".join(self._line)
        self._line = []
        if breaks or whole.strip(" \t\f\r\n"):
            text = self._number + collapsed(whole)
            self._number = ""
            self._tables.line(text, self._warn + (_UNREAD if UNREADABLE in text else ""))
            self._warn = ""


def _cut(cell: Declared, left: int) -> Declared:
    rows = min(cell.rows, left) if cell.rows else left
    return cell if rows == cell.rows else replace(cell, rows=rows)


def _span(element: etree._Element, name: str) -> int:
    """A span as declared; of rows, nought stands for all that are left."""
    return _whole(element.get(name, ""), 1)


def _whole(text: str, otherwise: int) -> int:
    text = text.strip()
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= 6 else otherwise
