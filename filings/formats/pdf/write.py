"""Write the printed table as PDF/A-3u, every page a closed box, with the document attached as canonical JSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from filings.document import canonical_json
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.formats.file import ATTACHMENT_NAME, CannotPrint
from filings.formats.pdf import check_glyphs, justify, page_source, row_heights, seal_position
from filings.formats.pdf.overlay import NO_OVERLAY, PageOverlay
from filings.table.grid import Cell, Grid
from filings.table.layout import paging
from filings.table.layout.document import lay_out

if TYPE_CHECKING:
    from weasyprint.document import Document

MOST_PASSES = 4
# In characters of canonical JSON.
LONGEST_DOCUMENT = 200_000
# Seconds after which no further pass begins.
LONGEST_LAYOUT = 45


@dataclass(frozen=True)
class PaginatedPdf:
    """A PDF with the first cell of each page; None for a page on which no cell has a place."""

    content: bytes
    first_cells: tuple[Cell | None, ...]


def write(document: FilingDocument, edition: Edition, *, made_at: datetime, overlay: PageOverlay = NO_OVERLAY) -> bytes:
    """Write a document as PDF. The same input gives the same bytes; `made_at` is the date stored in the file.

    Raises CannotPrint if the document is too long or a page cannot be printed faithfully.
    """
    return write_pages(document, edition, made_at=made_at, overlay=overlay).content


def write_pages(
    document: FilingDocument, edition: Edition, *, made_at: datetime, overlay: PageOverlay = NO_OVERLAY
) -> PaginatedPdf:
    """Write the same PDF as `write` and return it with the first cell of each page. Raises CannotPrint."""
    text = canonical_json.dumps(document)
    if len(text) > LONGEST_DOCUMENT:
        raise CannotPrint(f"表格共有 {len(text)} 个字符，超过可打印的上限 {LONGEST_DOCUMENT} 个。请缩短文字后再打印。")
    missing = check_glyphs.unprintable(text)
    if missing:
        raise CannotPrint(f"有 {len(missing)} 个字符无法打印：「{missing[:20]}」。请换成通用的汉字或符号。")
    # Slow to import, and all other functions work without Pango.
    from filings.formats.pdf import weasyprint_engine

    grid = lay_out(document, edition)
    title = edition.title_for(document.year)
    with weasyprint_engine.print_job():
        pages, sheets = lay_out_pages(grid, title, overlay, made_at)
        justify.stretch_lines(pages)
        if overlay.seal:
            seal_position.check(pages, len(page_source.stamped(grid)))
        content = weasyprint_engine.write_pdf(pages, {ATTACHMENT_NAME: text}, made_at)
        return PaginatedPdf(content, tuple(_first_cells(pages, sheets)))


def lay_out_pages(grid: Grid, title: str, overlay: PageOverlay, made_at: datetime) -> "tuple[Document, list[Grid]]":
    """Lay out the pages, and return them with the part of the grid on each.

    Repeats layout, measurement and pagination until no page could take more rows, at most MOST_PASSES times. A label
    taller than the rows that remain to it stretches them, so two paginations can each call for the other; then the one
    whose pages are whole is used. Raises CannotPrint if neither has whole pages.
    """
    from filings.formats.pdf import weasyprint_engine  # late, as in write_pages

    images = page_source.images(overlay)
    starts = row_heights.estimate_page_starts(grid)
    reserve = 0.0
    whole: tuple[Document, list[Grid]] | None = None
    tried: list[list[int]] = []
    deadline = monotonic() + LONGEST_LAYOUT
    while len(tried) < MOST_PASSES and starts not in tried and monotonic() < deadline:
        sheets = paging.cut(grid, starts)
        pages = weasyprint_engine.render(page_source.write(sheets, title, overlay, made_at), images)
        measured = row_heights.measure(pages, sheets)
        if measured.is_whole:
            whole = pages, sheets
        tried.append(starts)
        better = row_heights.measured_page_starts(grid, starts, measured, reserve)
        if better == starts and not measured.is_whole:
            reserve += row_heights.LINE
            better = row_heights.measured_page_starts(grid, starts, measured, reserve)
        starts = better
    if whole is None:
        raise CannotPrint(f"排版 {len(tried)} 次后仍有一行放不进一页。请缩短最长的单元格。")
    return whole


def _first_cells(pages: "Document", sheets: list[Grid]) -> Iterator[Cell | None]:
    """Yield the first cell of each page, repeated labels excepted; a row taller than a page begins several pages."""
    rows = {
        anchor: sheet.rows[index:]
        for number, sheet in enumerate(sheets)
        for index, anchor in enumerate(row_heights.anchors(number, sheet))
    }
    for page in pages.pages:
        first = next(iter(page.anchors), "")
        cells = (cell for row in rows.get(first, ()) for cell in row.cells)
        yield next((cell for cell in cells if cell.place and not cell.continued), None)
