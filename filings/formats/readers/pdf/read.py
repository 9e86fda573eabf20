"""PDF files with a layer of text: their tables by the rules on each page, and the lines around them."""

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
from filings.formats.readers.pdf.characters import Letter, TextLine
from filings.formats.readers.pdf.ruling_lines import RuledBox, RuledTable
from filings.table.grid import Cell, Grid

MOST_PAGES = 60
# Of a page; it takes pdfminer a second for 20,000.
MOST_CHARACTERS = 50_000
MOST_ROWS = 3_000
MOST_CELLS = 20_000

SCANNED = "PDF 里是扫描图片，没有文字。请用原来的 Word 或 Excel 文件，或在填报页面填写。"
EMPTY = "PDF 里没有文字。请用原来的 Word 或 Excel 文件，或在填报页面填写。"
LOCKED = "PDF 设了打开密码，不能读取。请去掉密码另存一份再导入，或用原来的 Word 或 Excel 文件。"
BROKEN = "PDF 已损坏或不完整，读不出来。请重新下载或另存一份再导入，或用原来的 Word 或 Excel 文件。"
SCANNED_PAGE = "第 {page} 页是扫描图片，没有文字可读，请自行补填。"
_TOO_MUCH = "PDF 有超过 {most} {what}，没有导入。请只留下绩效目标表那几页，另存后再导入。"

# What pdfminer and pdfplumber raise over files that are broken or made to break them.
_FAULTS = (
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
_NUMBERED = re.compile(r"第\s*\d+\s*页\s*[，,/]?\s*共\s*\d+\s*页", re.ASCII)
# Our own prints set labels again so, in the first row of a page or, below a head, in the second.
_CONTINUED = re.compile(r"(.+)（续）", re.DOTALL)


def read(data: bytes) -> list[Grid]:
    """The tables of a PDF, page by page: one that runs over pages is a Grid on each. A page without has lines alone.

    Each page has its own lines, `below` those after its last table. A line that only the width of its box has cut goes
    on in the next; the number of the page and the （续） of labels set again are left out. Raises CannotRead.
    """
    try:
        with pdfplumber.open(BytesIO(data), pages=list(range(1, MOST_PAGES + 2))) as opened:
            return _grids(opened.pages)
    except CannotRead:
        raise
    except _FAULTS as fault:
        is_locked = any(isinstance(reason, PDFEncryptionError) for reason in (fault, *fault.args))
        raise CannotRead(LOCKED if is_locked else BROKEN) from fault


def _grids(pages: list[Page]) -> list[Grid]:
    _refuse_more(len(pages), MOST_PAGES, "页")
    grids: list[Grid] = []
    has_text = has_pictures = False
    for page in pages:
        has_text |= any(not char["text"].isspace() for char in page.chars)
        has_pictures |= bool(page.images)
        grids += _on_page(page)
        _refuse_more(sum(len(grid.rows) for grid in grids), MOST_ROWS, "行")
        _refuse_more(sum(bool(cell.text) for grid in grids for cell in _cells(grid)), MOST_CELLS, "个有内容的单元格")
        # What pdfplumber keeps of a page takes ten times what is read from it.
        page.close()
    if not has_text:
        raise CannotRead(SCANNED if has_pictures else EMPTY)
    return grids


def _on_page(page: Page) -> list[Grid]:
    _refuse_more(len(page.chars), MOST_CHARACTERS, f"个字符在第 {page.page_number} 页")
    if page.images and not page.chars:
        return [Grid((), above=(Cell("", warning=SCANNED_PAGE.format(page=page.page_number)),))]
    tables = ruling_lines.tables(page)
    inside, outside = _sort(characters.letters(page.chars, page.mediabox[1] + page.height), tables)
    around = [line for line in characters.lines(outside) if not _NUMBERED.fullmatch(line.text)]
    grids: list[Grid] = []
    for table in tables:
        above = [line for line in around if line.base < table.rows[-1]]
        around = around[len(above) :]
        texts = {box: _text(box, inside.get(box, [])) for box in table.boxes}
        if page.page_number > 1 and not grids:
            texts |= {box: _once(*texts[box]) for box in table.boxes if box.top in table.rows[:2]}
        grids.append(Grid(table.lay(texts), above=_lines(above)))
    last = grids.pop() if grids else Grid(())
    last = Grid(last.rows, last.above, _lines(around)) if tables else Grid((), above=_lines(around))
    return [*grids, last] if last.rows or last.above else grids


def _sort(found: Iterable[Letter], tables: list[RuledTable]) -> tuple[dict[RuledBox, list[Letter]], list[Letter]]:
    """The characters in each box, of a table within a table the inner one's, and those in none."""
    inside: dict[RuledBox, list[Letter]] = {}
    outside: list[Letter] = []
    innermost_first = sorted(tables, key=lambda table: table.size)
    for letter in found:
        boxes = (table.box_at(*letter.middle) for table in innermost_first)
        box = next(filter(None, boxes), None)
        (outside if box is None else inside.setdefault(box, [])).append(letter)
    return inside, outside


def _text(box: RuledBox, found: list[Letter]) -> tuple[str, str]:
    text = characters.paragraphs(characters.lines(found), box.left, box.right)
    return text, characters.warning(text)


def _once(text: str, warning: str) -> tuple[str, str]:
    match = _CONTINUED.fullmatch(text)
    return (match[1].rstrip() if match else text), warning


def _lines(found: list[TextLine]) -> tuple[Cell, ...]:
    return tuple(Cell(line.text, warning=characters.warning(line.text)) for line in found)


def _cells(grid: Grid) -> list[Cell]:
    return [*grid.above, *(cell for row in grid.rows for cell in row.cells), *grid.below]


def _refuse_more(count: int, most: int, what: str) -> None:
    if count > most:
        raise CannotRead(_TOO_MUCH.format(most=most, what=what))
