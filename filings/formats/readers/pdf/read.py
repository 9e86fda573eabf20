"""Read PDF files with a text layer: tables by the ruling lines of each page, and the lines of text around them."""

import re
import struct
import zlib
from collections.abc import Iterable
from io import BytesIO

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from filings.formats.file import CannotRead
from filings.formats.readers.pdf import characters, ruling_lines
from filings.formats.readers.pdf.characters import Character, TextLine
from filings.formats.readers.pdf.ruling_lines import RuledBox, RuledTable
from filings.table.grid import Cell, Grid

MOST_PAGES = 60
# Per page; pdfminer takes a second for 20,000.
MOST_CHARACTERS = 50_000
MOST_ROWS = 3_000
MOST_CELLS = 20_000

SCANNED = "PDF 里是扫描图片，没有文字。请用原来的 Word 或 Excel 文件，或在填报页面填写。"
EMPTY = "PDF 里没有文字。请用原来的 Word 或 Excel 文件，或在填报页面填写。"
LOCKED = "PDF 设了打开密码，不能读取。请去掉密码另存一份再导入，或用原来的 Word 或 Excel 文件。"
BROKEN = "PDF 已损坏或不完整，无法读取。请重新下载或另存一份再导入，或用原来的 Word 或 Excel 文件。"
SCANNED_PAGE = "第 {page} 页是扫描图片，没有文字可读，请自行补填。"
_TOO_MUCH = "PDF 有超过 {most} {what}，未导入。请只留下绩效目标表那几页，另存后再导入。"

# Exceptions that pdfminer and pdfplumber raise for broken or malicious files.
_ERRORS = (
    PSException,
    PdfminerException,
    MalformedPDFException,
    struct.error,
    zlib.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
_PAGE_NUMBER = re.compile(r"第\s*\d+\s*页\s*[，,/]?\s*共\s*\d+\s*页", re.ASCII)
# In our own prints, labels repeated on the next page: in its first row or, below a table head, in its second.
_CONTINUED = re.compile(r"(.+)（续）", re.DOTALL)


def read(data: bytes) -> list[Grid]:
    """Read the tables of a PDF page by page: a table on several pages is one Grid on each of them.

    Each page has its own lines, those after its last table in `below`; a page without tables has lines only. Lines
    wrapped at the width of a box are joined. Page numbers and the （续） of repeated labels are left out.
    Raises CannotRead.
    """
    try:
        with pdfplumber.open(BytesIO(data), pages=list(range(1, MOST_PAGES + 2))) as opened:
            return _grids(opened.pages)
    except CannotRead:
        raise
    except _ERRORS as error:
        is_locked = any(isinstance(reason, PDFEncryptionError) for reason in (error, *error.args))
        raise CannotRead(LOCKED if is_locked else BROKEN) from error


def _grids(pages: list[Page]) -> list[Grid]:
    _check_limit(len(pages), MOST_PAGES, "页")
    grids: list[Grid] = []
    has_text = has_pictures = False
    for page in pages:
        has_text |= any(not char["text"].isspace() for char in page.chars)
        has_pictures |= bool(page.images)
        grids += _read_page(page)
        _check_limit(sum(len(grid.rows) for grid in grids), MOST_ROWS, "行")
        _check_limit(
            sum(bool(cell.text) for grid in grids for cell in _all_cells(grid)), MOST_CELLS, "个有内容的单元格"
        )
        # Free pdfplumber's objects of the page, which take ten times the memory of its text.
        page.close()
    if not has_text:
        raise CannotRead(SCANNED if has_pictures else EMPTY)
    return grids


def _read_page(page: Page) -> list[Grid]:
    _check_limit(len(page.chars), MOST_CHARACTERS, f"个字符在第 {page.page_number} 页")
    if page.images and not page.chars:
        return [Grid((), above=(Cell("", warning=SCANNED_PAGE.format(page=page.page_number)),))]
    tables = ruling_lines.find_tables(page)
    inside, outside = _sort(characters.parse_characters(page.chars, page.mediabox[1] + page.height), tables)
    lines = [line for line in characters.group_lines(outside) if not _PAGE_NUMBER.fullmatch(line.text)]
    grids: list[Grid] = []
    for table in tables:
        above = [line for line in lines if line.base < table.rows[-1]]
        lines = lines[len(above) :]
        texts = {box: _text(box, inside.get(box, [])) for box in table.boxes}
        if page.page_number > 1 and not grids:
            texts |= {box: _without_continued(*texts[box]) for box in table.boxes if box.top in table.rows[:2]}
        grids.append(Grid(table.to_rows(texts), above=_line_cells(above)))
    last = grids.pop() if grids else Grid(())
    last = Grid(last.rows, last.above, _line_cells(lines)) if tables else Grid((), above=_line_cells(lines))
    return [*grids, last] if last.rows or last.above else grids


def _sort(
    page: Iterable[Character], tables: list[RuledTable]
) -> tuple[dict[RuledBox, list[Character]], list[Character]]:
    """Assign characters to boxes, in nested tables to the inner box; return them with the characters in no box."""
    inside: dict[RuledBox, list[Character]] = {}
    outside: list[Character] = []
    innermost_first = sorted(tables, key=lambda table: table.size)
    for character in page:
        boxes = (table.box_at(*character.middle) for table in innermost_first)
        box = next(filter(None, boxes), None)
        (outside if box is None else inside.setdefault(box, [])).append(character)
    return inside, outside


def _text(box: RuledBox, content: list[Character]) -> tuple[str, str]:
    text = characters.join_paragraphs(characters.group_lines(content), box.left, box.right)
    return text, characters.warning(text)


def _without_continued(text: str, warning: str) -> tuple[str, str]:
    match = _CONTINUED.fullmatch(text)
    return (match[1].rstrip() if match else text), warning


def _line_cells(lines: list[TextLine]) -> tuple[Cell, ...]:
    return tuple(Cell(line.text, warning=characters.warning(line.text)) for line in lines)


def _all_cells(grid: Grid) -> list[Cell]:
    return [*grid.above, *(cell for row in grid.rows for cell in row.cells), *grid.below]


def _check_limit(count: int, most: int, what: str) -> None:
    """Raise CannotRead if `count` exceeds `most`; `what` is the measure word and noun of the message."""
    if count > most:
        raise CannotRead(_TOO_MUCH.format(most=most, what=what))
