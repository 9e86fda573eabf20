"""How tall the rows of the printed table are: guessed before they are laid out, measured afterwards. In CSS pixels.

The guess is good enough that most tables are laid out once; where it was wrong, the measured heights cut the pages.
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

# What paper.css says, in pixels of 1/96 inch.
_MM = 96 / 25.4
_PAGE_HEIGHT, _TOP, _BOTTOM = 297 * _MM, 22 * _MM, 20 * _MM
_TABLE_WIDTH = (210 - 2 * 19) * _MM - 1
_FONT = 14.0
LINE = 1.42 * _FONT
_PADDING, _RULE, _SIDES = 2.6 * 96 / 72, 1.0, 2 * 4 * 96 / 72 + 1
# Room to write in above the seal and the date.
_OPINION = 14 * _MM - _PADDING
_LINE_AROUND, _GAP_AROUND = 1.42 * 16, 2 * _MM
_ABOVE = {Style.TITLE: 1.3 * 22 * 96 / 72 + 13 * _MM, Style.HEADER: _LINE_AROUND + _GAP_AROUND}

# What closes a box that goes on over the page: the last row's padding and rule.
_CLOSING = _PADDING + _RULE
# WeasyPrint wants room for that twice, and pushes a row over that ends within a hair of the page's end.
_EDGE = 2.0 + 2 * _CLOSING
ROOM = _PAGE_HEIGHT - _TOP - _BOTTOM - 1 - _EDGE
# What stays on one line: a word or a number, or a character with the punctuation that clings to it.
_UNBROKEN = re.compile(r"[（《“「【〔(]*(?:[!-'*-~]+|.)[，。；：、！？）》”」】〕)…%℃]*|.", re.DOTALL)


@dataclass(frozen=True)
class Measured:
    """Heights of the rows of each sheet, the room for rows on the first page, and whether all pages are whole."""

    heights: list[list[float]]
    first_room: float
    is_whole: bool


def anchors(sheet: int, grid: Grid) -> list[str]:
    """Ids for the rows of a sheet, by which they are found again when it is laid out."""
    return [f"r{sheet}-{row}" for row in range(len(grid.rows))]


def guess(grid: Grid) -> list[int]:
    """Rows that begin the second page and those after it, as far as can be told from the text alone."""
    above = sum(_ABOVE.get(cell.style, 0) for cell in grid.above)
    return paging.fill(grid, _with_signatures(guessed_heights(grid), grid), ROOM - above, ROOM)


def guessed_heights(grid: Grid) -> list[float]:
    """The height of each row, guessed from its text. Labels that span rows stretch none of them."""
    joined = [bool(row.join) for row in grid.rows[1:]] + [False]
    return [_row_height(grid, row, goes_on) for row, goes_on in zip(grid.rows, joined, strict=True)]


def measure(pages: "Document", sheets: Sequence[Grid]) -> Measured:
    """What came out: the rows' heights and whether each sheet stands on one page."""
    found = {name: (number, at) for number, page in enumerate(pages.pages) for name, at in page.anchors.items()}
    spots = [[found[name] for name in anchors(number, sheet)] for number, sheet in enumerate(sheets)]
    heights = [[bottom - top for _, (_, top, _, bottom) in sheet] for sheet in spots]
    begins = [sheet[0][0] for sheet in spots] + [len(pages.pages)]
    is_whole = all(
        following == begun + 1 or _is_one_row(sheet)
        for sheet, (begun, following) in zip(sheets, pairwise(begins), strict=True)
    )
    first_top = spots[0][0][1][1]
    return Measured(heights, _PAGE_HEIGHT - _BOTTOM - _EDGE - first_top, is_whole)


def recut(grid: Grid, starts: Sequence[int], measured: Measured, spare: float) -> list[int]:
    """Where pages begin by the heights that were measured; `spare` is left free at the end of each page."""
    heights: list[float] = []
    for end, found in zip([*starts, len(grid.rows)], measured.heights, strict=True):
        # Column heads that a page repeats have their height from where they first stand.
        heights.extend(found[len(heights) - end :])
        if end < len(grid.rows) and grid.rows[end].join:
            heights[-1] -= _CLOSING
    return paging.fill(grid, _with_signatures(heights, grid), measured.first_room - spare, ROOM - spare)


def _with_signatures(heights: list[float], grid: Grid) -> list[float]:
    """The lines below the table are on the page of its last row."""
    if not heights or not grid.below:
        return heights
    below = sum(_around(cells) * _LINE_AROUND + _GAP_AROUND for cells in grid.signatures)
    return [*heights[:-1], heights[-1] + _GAP_AROUND + below]


def _around(cells: Sequence[Cell]) -> int:
    """How many lines the longest of fields takes that stand beside each other."""
    room = _TABLE_WIDTH / len(cells) * 0.99 * _FONT / 16
    return max(count_lines(cell.content, room) for cell in cells)


def _is_one_row(sheet: Grid) -> bool:
    """A row that is taller than a page runs over several."""
    return sum(not row.is_head for row in sheet.rows) == 1


def count_lines(text: str, room: float, indent: float = 0) -> int:
    """How many lines a text takes in a width: no line begins with closing punctuation or ends with an opening one."""
    lines, used = 1, indent
    for piece in _UNBROKEN.findall(text):
        width = font.width(piece) * _FONT
        if used + width > room and used:
            lines, used = lines + 1, 0
        # What is wider than a line is broken anywhere.
        for part in piece if width > room else (piece,):
            width = font.width(part) * _FONT
            if used + width > room and used:
                lines, used = lines + 1, 0
            used += width
    return lines


def _row_height(grid: Grid, row: Row, goes_on: bool) -> float:
    # An empty row is as tall as a line.
    single = [cell for cell in row.cells if cell.rows == 1] or [Cell("")]
    padding = 2 * _PADDING + _RULE
    if row.join:
        padding -= _PADDING
    if goes_on:
        padding -= _CLOSING
    return max(_lines(cell, grid, row) * LINE + _OPINION * (cell.style is Style.OPINION) for cell in single) + padding


def _lines(cell: Cell, grid: Grid, row: Row) -> int:
    share = sum(grid.widths[cell.column : cell.column + cell.columns]) / 100
    room = max(share * _TABLE_WIDTH - _SIDES, _FONT)
    indent = 2 * _FONT if cell.style is Style.PROSE and row.join is not Join.RUN else 0
    text = cell.content + (CONTINUED if cell.continued else "")
    return sum(count_lines(line, room, indent) for line in text.split("\n"))
