"""Writes the printed table: PDF/A-3u, every page whole, the document itself attached as canonical JSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from time import monotonic
from typing import TYPE_CHECKING

from filings.document import canonical_json
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.formats import html
from filings.formats.file import ATTACHED, CannotPrint
from filings.formats.pdf import check_glyphs, row_heights
from filings.table.grid import Cell, Grid, Style
from filings.table.layout import paging
from filings.table.layout.document import lay_out

if TYPE_CHECKING:
    from weasyprint.document import Document

MOST_PASSES = 4
LONGEST_DOCUMENT = 200_000
# Seconds after which no further pass begins.
LONGEST_LAYOUT = 45
# Characters of a unit's name behind which the seal stands left of its stamp: beside it, it would run off the page.
# Behind a longer name still, the stamp begins the next line.
NAMES_BEFORE_THE_EDGE = range(21, 32)
_SEAL = "picture:seal"
_DRAFT = '<div class="draft">草稿</div>'


@dataclass(frozen=True)
class Marks:
    """What a print carries beside the table: 草稿 across the page, words at its foot, a seal over the stamp (PNG)."""

    is_draft: bool = False
    foot: str = ""
    seal: bytes | None = None


UNMARKED = Marks()


@dataclass(frozen=True)
class Written:
    """A PDF, and for each page the cell that it begins with, None where no cell with a place stands on it."""

    content: bytes
    begins: tuple[Cell | None, ...]


def write(document: FilingDocument, edition: Edition, *, made_at: datetime, marks: Marks = UNMARKED) -> bytes:
    """The PDF of a document. The same input gives the same bytes; `made_at` is the date that the file carries.

    Raises CannotPrint when the document is too long or a page cannot be printed faithfully.
    """
    return write_pages(document, edition, made_at=made_at, marks=marks).content


def write_pages(document: FilingDocument, edition: Edition, *, made_at: datetime, marks: Marks = UNMARKED) -> Written:
    """The same PDF, with where its pages begin. Raises CannotPrint as `write` does."""
    text = canonical_json.dumps(document)
    if len(text) > LONGEST_DOCUMENT:
        raise CannotPrint(f"表格共有 {len(text)} 个字符，超过可打印的上限 {LONGEST_DOCUMENT} 个。请缩短文字后再打印。")
    missing = check_glyphs.lacking(text)
    if missing:
        raise CannotPrint(f"有 {len(missing)} 个字符无法打印：「{missing[:20]}」。请换成通用的汉字或符号。")
    from filings.formats.pdf import weasy  # slow to import, and everything but printing works without Pango

    grid = lay_out(document, edition)
    title = edition.title_for(document.year)
    with weasy.supervised():
        pages, sheets = whole_pages(grid, title, marks, made_at)
        return Written(weasy.finish(pages, {ATTACHED: text}, made_at), tuple(_begins(pages, sheets)))


def whole_pages(grid: Grid, title: str, marks: Marks, made_at: datetime) -> "tuple[Document, list[Grid]]":
    """The pages laid out, and what stands on each.

    Lays out, measures the rows, and cuts again until no page could take more rows. A label that is taller than the
    rows left to it stretches them, so that two cuts can each call for the other: then the one whose pages are whole
    is taken. Raises CannotPrint when none is.
    """
    from filings.formats.pdf import weasy  # see above

    pictures = {_SEAL: marks.seal} if marks.seal else {}
    starts = row_heights.guess(grid)
    spare = 0.0
    whole: tuple[Document, list[Grid]] | None = None
    tried: list[list[int]] = []
    deadline = monotonic() + LONGEST_LAYOUT
    while len(tried) < MOST_PASSES and starts not in tried and monotonic() < deadline:
        sheets = paging.cut(grid, starts)
        pages = weasy.lay_out(source(sheets, title, marks, made_at), pictures)
        measured = row_heights.measure(pages, sheets)
        if measured.is_whole:
            whole = pages, sheets
        tried.append(starts)
        better = row_heights.recut(grid, starts, measured, spare)
        if better == starts and not measured.is_whole:
            spare += row_heights.LINE
            better = row_heights.recut(grid, starts, measured, spare)
        starts = better
    if whole is None:
        raise CannotPrint(f"排版 {len(tried)} 次后仍有一行放不进一页。请缩短最长的单元格。")
    return whole


def _begins(pages: "Document", sheets: list[Grid]) -> Iterator[Cell | None]:
    """Labels set again begin no page. A row that is taller than a page begins each page that it stands on."""
    rows = {
        anchor: sheet.rows[at:]
        for number, sheet in enumerate(sheets)
        for at, anchor in enumerate(row_heights.anchors(number, sheet))
    }
    for page in pages.pages:
        first = next(iter(page.anchors), "")
        cells = (cell for row in rows.get(first, ()) for cell in row.cells)
        yield next((cell for cell in cells if cell.place and not cell.continued), None)


def source(sheets: list[Grid], title: str, marks: Marks, made_at: datetime) -> str:
    """The HTML of the pages, each row with an id by which it is measured."""

    def inside(cell: Cell) -> str:
        return _sealed(cell) if marks.seal and cell.after and cell.style is Style.HEADER else html.inside(cell)

    foot = f'<p class="foot">{escape(marks.foot)}</p>'
    body = "".join(
        f'<section class="sheet">{html.write(sheet, inside, anchors=row_heights.anchors(number, sheet))}</section>'
        for number, sheet in enumerate(sheets)
    )
    date = made_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    head = f'<meta name="dcterms.created" content="{date}"><meta name="dcterms.modified" content="{date}">'
    head += f"<style>{_widths(sheets[0])}</style>"
    return html.page(f"{foot}{_DRAFT if marks.is_draft else ''}{body}", title=title, head=head)


def _widths(grid: Grid) -> str:
    """The columns' widths as style: heeding attributes of HTML would cost a twentieth of the time."""
    return "".join(f"col:nth-child({at}){{width:{width}%}}" for at, width in enumerate(grid.widths, start=1))


def _sealed(cell: Cell) -> str:
    """A header line with the seal centred over its stamp."""
    alt = escape(f"{cell.text}印章（图样）")
    far = " far-right" if len(cell.text) in NAMES_BEFORE_THE_EDGE else ""
    stamp = f'<span class="stamped{far}">{escape(cell.after)}<img src="{_SEAL}" alt="{alt}"></span>'
    return f"{escape(cell.before)}{escape(cell.text)}{stamp}"
