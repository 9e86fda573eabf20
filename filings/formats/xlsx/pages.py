"""Divide the workbook into printed pages, so that its boxes can be closed where a page ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from filings.formats.xlsx import style
from filings.table.grid import Cell, Grid, Row
from filings.table.layout import paging
from filings.table.reading.row_cells import repeated_label

MOST_PASSES = 4
PAGE_HEIGHT = (297 - 2 * style.END_MARGIN_MM) * 72 / 25.4
# In points: Excel rounds the height of each row to pixels.
_RESERVE = 20.0


@dataclass(frozen=True)
class Pages:
    """The rows of a table with its spans cut at the ends of pages, and the heights of the sheet rows of each.

    `starts` are the indices of the rows that begin the second and later pages.
    """

    starts: list[int]
    rows: tuple[Row, ...]
    heights: list[list[float]]


def divide(grid: Grid, above: float, below: float) -> Pages:
    """Divide a table into pages; `above` and `below` are the heights of the lines around it, in points.

    A repeated label needs height, too, so that the table is divided again with the cut spans until nothing changes.
    """
    pages = _cut(grid, [])
    for _ in range(MOST_PASSES):
        starts = _page_starts(grid, [sum(heights) for heights in pages.heights], above, below)
        if starts == pages.starts:
            break
        pages = _cut(grid, starts)
    return pages


def _cut(grid: Grid, starts: list[int]) -> Pages:
    """End the cells that span over the end of a page there, and repeat their labels on the next page."""
    pages = paging.cut(grid, starts, with_headings=False)
    rows = tuple(replace(row, cells=tuple(map(_labelled, row.cells))) for page in pages for row in page.rows)
    return Pages(starts, rows, style.row_heights(replace(grid, rows=rows)))


def _labelled(cell: Cell) -> Cell:
    """Give the text of a repeated label the marks by which the reader skips it."""
    return replace(cell, text=repeated_label(cell.content), before="", after="") if cell.continued else cell


def _page_starts(grid: Grid, heights: list[float], above: float, below: float) -> list[int]:
    with_signatures = [*heights[:-1], heights[-1] + below] if heights else []
    return paging.fill(grid, with_signatures, PAGE_HEIGHT - _RESERVE - above, PAGE_HEIGHT - _RESERVE)


def add_breaks(sheet: Worksheet, grid: Grid, starts: Sequence[int], first_rows: Sequence[int]) -> None:
    """Break the pages of a sheet, and repeat the column headings at their top.

    `first_rows` are the numbers of the sheet rows at which the rows of the grid begin. Excel repeats the headings on
    every later page, so that they are repeated only if all those pages need them.
    """
    for start in starts:
        sheet.row_breaks.append(Break(id=first_rows[start] - 1))
    headings = {row for row in (paging.headings_for(grid, start) for start in starts) if row is not None}
    for row in headings if len(headings) == 1 else ():
        later = [start for start in starts if start > row]
        if all(paging.headings_for(grid, start) == row for start in later):
            sheet.print_title_rows = f"{first_rows[row]}:{first_rows[row + 1] - 1}"
