"""A grid cut into pages, each a whole grid of its own: labels set again, column heads repeated, spans closed.

Heights and rooms are in any one unit; who draws the pages measures them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from filings.table.grid import Cell, Grid, Row, Style


def cut(grid: Grid, starts: Sequence[int]) -> list[Grid]:
    """The grid as pages; `starts` are the rows, counted from nought, that begin the second page and those after it."""
    bounds = [0, *starts, len(grid.rows)]
    reaching = [cells for cells, _ in grid.with_reaching()]
    begins = {id(cell): at for at, row in enumerate(grid.rows) for cell in row.cells}
    pages = []
    for number, (start, end) in enumerate(pairwise(bounds)):
        carried = [(cell, begins[id(cell)]) for cell in reaching[start]] if start < len(grid.rows) else []
        rows = _page_rows(grid, start, end, carried)
        above = grid.above if number == 0 else ()
        below = grid.below if end == len(grid.rows) else ()
        pages.append(Grid(tuple(rows), above, below, grid.widths))
    return pages


def heads_for(grid: Grid, start: int) -> int | None:
    """The row of column heads that a page beginning at row `start` repeats, None when there is none to repeat."""
    section = grid.rows[start].section
    for at in range(start - 1, -1, -1):
        if grid.rows[at].section != section:
            return None
        if grid.rows[at].is_head:
            return at
    return None


def fill(grid: Grid, heights: Sequence[float], first_room: float, room: float) -> list[int]:
    """The rows that begin the second page and those after it, when each page takes as many rows as fit.

    Rows that stay with the next are not parted from it; a row taller than a page has a page to itself.
    """
    starts: list[int] = []
    left = first_room
    for start, end in _blocks(grid):
        tall = sum(heights[start:end])
        if tall > left and start > 0:
            heads = heads_for(grid, start)
            left = room - (heights[heads] if heads is not None else 0)
            starts.append(start)
        left -= tall
    return starts


def _blocks(grid: Grid) -> Iterator[tuple[int, int]]:
    start = 0
    for at, row in enumerate(grid.rows):
        if not row.stays_with_next:
            yield start, at + 1
            start = at + 1
    if start < len(grid.rows):
        yield start, len(grid.rows)


def _page_rows(grid: Grid, start: int, end: int, carried: list[tuple[Cell, int]]) -> Iterator[Row]:
    """The page's rows. What reaches down from the page before is set again, a label before the repeated heads."""
    heads = heads_for(grid, start) if start else None
    extra = 1 if heads is not None else 0
    again = [replace(cell, rows=min(begun + cell.rows, end) - start, continued=True) for cell, begun in carried]
    if heads is not None:
        labels = tuple(replace(cell, rows=cell.rows + extra) for cell in again if cell.style is Style.LABEL)
        again = [cell for cell in again if cell.style is not Style.LABEL]
        repeated = tuple(cell for cell in grid.rows[heads].cells if cell.style is Style.HEAD)
        yield replace(grid.rows[heads], cells=labels + repeated)
    for at in range(start, end):
        row = grid.rows[at]
        begun = [replace(cell, rows=min(cell.rows, end - at)) for cell in row.cells]
        cells = sorted([*again, *begun], key=lambda cell: cell.column)
        again = []
        yield replace(row, cells=tuple(cells))
