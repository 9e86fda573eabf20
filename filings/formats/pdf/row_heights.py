"""Estimate and measure the heights of printed rows, in CSS pixels (1/96 inch).

WeasyPrint could break pages itself, but it does not repeat labels that span rows on the next page, so the grid is cut
into pages before layout. The estimate takes 3 ms for a usual table and 16 ms for one of 300 indicators, a layout
0.1 and 0.9 s. It is accurate enough that most tables are laid out once instead of twice; otherwise the measured heights
of the first layout are used to cut the pages again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from filings.formats.html import CONTINUED
from filings.formats.pdf import font
from filings.table.grid import Cell, Grid, Join, Row, Style
from filings.table.layout import paging

if TYPE_CHECKING:
    from weasyprint.document import Document

# The dimensions of paper.css in pixels.
_MM = 96 / 25.4
_PAGE_HEIGHT, _TOP, _BOTTOM = 297 * _MM, 18 * _MM, 28 * _MM
_TABLE_WIDTH = (210 - 2 * 19) * _MM - 1
_FONT = 14.0
LINE = 1.42 * _FONT
_PADDING, _BORDER, _SIDES = 2.6 * 96 / 72, 1.0, 2 * 4 * 96 / 72 + 1
# Blank space above the seal and the date of an opinion.
_OPINION = 14 * _MM - _PADDING
# Lines above and below the table.
_OUTER_LINE, _OUTER_GAP = 1.42 * 16, 2 * _MM
_ABOVE = {Style.TITLE: 1.3 * 22 * 96 / 72 + 17 * _MM, Style.HEADER: _OUTER_LINE + _OUTER_GAP}

# Between a stamp （盖章） below the table and the foot of the page, for the lower half of the seal.
_STAMP_SPACE = 19 * _MM

# Closes the box of a row that continues on the next page: the padding and border of its last part.
_CLOSING = _PADDING + _BORDER
# WeasyPrint requires that space twice, and moves a row that ends within two pixels of the page's end to the next page.
_EDGE = 2.0 + 2 * _CLOSING
BODY_HEIGHT = _PAGE_HEIGHT - _TOP - _BOTTOM - 1 - _EDGE
# Text that is not broken across lines: a word, a number, or a character with its punctuation.
_UNBROKEN = re.compile(r"[（《“「【〔(]*(?:[!-'*-~]+|.)[，。；：、！？）》”」】〕)…%℃]*|.", re.DOTALL)


@dataclass(frozen=True)
class RowMeasurements:
    """Heights of the rows of each sheet, the height for rows on the first page, and whether every page is whole."""

    heights: list[list[float]]
    first_page_height: float
    is_whole: bool


def anchors(sheet: int, grid: Grid) -> list[str]:
    """Return ids for the rows of a sheet, by which they are found after layout."""
    return [f"r{sheet}-{row}" for row in range(len(grid.rows))]


def estimate_page_starts(grid: Grid) -> list[int]:
    """Estimate from the text the rows that begin the second and following pages."""
    above = sum(_ABOVE.get(cell.style, 0) for cell in grid.above)
    return paging.fill(grid, _with_signatures(estimate_heights(grid), grid), BODY_HEIGHT - above, BODY_HEIGHT)


def estimate_heights(grid: Grid) -> list[float]:
    """Estimate the height of each row from its text. Labels that span several rows are assumed not to stretch them."""
    joined = [bool(row.join) for row in grid.rows[1:]] + [False]
    return [_row_height(grid, row, is_continued) for row, is_continued in zip(grid.rows, joined, strict=True)]


def measure(pages: "Document", sheets: Sequence[Grid]) -> RowMeasurements:
    """Measure the rows of laid-out pages, and check that each sheet occupies exactly one page."""
    boxes = {name: (number, box) for number, page in enumerate(pages.pages) for name, box in page.anchors.items()}
    rows = [[boxes[name] for name in anchors(number, sheet)] for number, sheet in enumerate(sheets)]
    heights = [[bottom - top for _, (_, top, _, bottom) in sheet] for sheet in rows]
    first_pages = [sheet[0][0] for sheet in rows] + [len(pages.pages)]
    is_whole = all(
        following == first + 1 or _is_one_row(sheet)
        for sheet, (first, following) in zip(sheets, pairwise(first_pages), strict=True)
    )
    first_top = rows[0][0][1][1]
    return RowMeasurements(heights, _PAGE_HEIGHT - _BOTTOM - _EDGE - first_top, is_whole)


def measured_page_starts(grid: Grid, starts: Sequence[int], measured: RowMeasurements, reserve: float) -> list[int]:
    """Cut pages by measured heights; `reserve` is the height left free at the end of each page."""
    heights: list[float] = []
    for end, sheet_heights in zip([*starts, len(grid.rows)], measured.heights, strict=True):
        # Column heads that a page repeats keep the height measured at their first occurrence.
        heights.extend(sheet_heights[len(heights) - end :])
        if end < len(grid.rows) and grid.rows[end].join:
            heights[-1] -= _CLOSING
    first_page, other_pages = measured.first_page_height - reserve, BODY_HEIGHT - reserve
    return paging.fill(grid, _with_signatures(heights, grid), first_page, other_pages)


def _with_signatures(heights: list[float], grid: Grid) -> list[float]:
    """Add the lines below the table to the height of its last row, with which they share a page."""
    if not heights or not grid.below:
        return heights
    below = sum(_signature_lines(cells) * _OUTER_LINE + _OUTER_GAP for cells in grid.signatures)
    return [*heights[:-1], heights[-1] + _OUTER_GAP + below + stamp_space(grid)]


def stamp_space(grid: Grid) -> float:
    """Return the height to leave free below the lines under the table: for a seal if one of them has a stamp."""
    return _STAMP_SPACE if any(cell.after for cell in grid.below) else 0


def _signature_lines(cells: Sequence[Cell]) -> int:
    """Count the lines of the longest of the fields printed side by side."""
    width = _TABLE_WIDTH / len(cells) * 0.99 * _FONT / 16
    return max(count_lines(cell.content, width) for cell in cells)


def _is_one_row(sheet: Grid) -> bool:
    """A sheet of a single row may run over several pages."""
    return sum(not row.is_head for row in sheet.rows) == 1


def count_lines(text: str, width: float, indent: float = 0) -> int:
    """Count the lines of a text: none begins with closing punctuation or ends with opening punctuation."""
    lines, used = 1, indent
    for piece in _UNBROKEN.findall(text):
        piece_width = font.width(piece) * _FONT
        if used + piece_width > width and used:
            lines, used = lines + 1, 0
        # A piece wider than a line is broken between any characters.
        for part in piece if piece_width > width else (piece,):
            part_width = font.width(part) * _FONT
            if used + part_width > width and used:
                lines, used = lines + 1, 0
            used += part_width
    return lines


def _row_height(grid: Grid, row: Row, is_continued: bool) -> float:
    # An empty row has the height of one line.
    single = [cell for cell in row.cells if cell.rows == 1] or [Cell("")]
    padding = 2 * _PADDING + _BORDER
    if row.join:
        padding -= _PADDING
    if is_continued:
        padding -= _CLOSING
    return max(_lines(cell, grid, row) * LINE + _OPINION * (cell.style is Style.OPINION) for cell in single) + padding


def _lines(cell: Cell, grid: Grid, row: Row) -> int:
    share = sum(grid.widths[cell.column : cell.column + cell.columns]) / 100
    width = max(share * _TABLE_WIDTH - _SIDES, _FONT)
    indent = 2 * _FONT if cell.style is Style.PROSE and row.join is not Join.RUN else 0
    text = cell.content + (CONTINUED if cell.continued else "")
    return sum(count_lines(line, width, indent) for line in text.split("\n"))
