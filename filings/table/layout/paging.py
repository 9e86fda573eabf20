"""Split a grid into pages, each a complete grid: labels and column headings are repeated, spans end with the page.

Row and page heights are in any one unit; the caller measures them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from filings.table.grid import Cell, Grid, Row, Style


def cut(grid: Grid, starts: Sequence[int], *, with_headings: bool = True) -> list[Grid]:
    """Split the grid into pages; `starts` are the zero-based rows that begin the second and later pages.

    `with_headings` repeats column headings as rows; a format that repeats them itself needs none.
    """
    bounds = [0, *starts, len(grid.rows)]
    spanning = [cells for cells, _ in grid.rows_with_spanning()]
    begins = {id(cell): index for index, row in enumerate(grid.rows) for cell in row.cells}
    pages = []
    for number, (start, end) in enumerate(pairwise(bounds)):
        carried = [(cell, begins[id(cell)]) for cell in spanning[start]] if start < len(grid.rows) else []
        headings = headings_for(grid, start) if start and with_headings else None
        rows = _page_rows(grid, start, end, carried, headings)
        above = grid.above if number == 0 else ()
        below = grid.below if end == len(grid.rows) else ()
        pages.append(Grid(tuple(rows), above, below, grid.widths))
    return pages


def headings_for(grid: Grid, start: int) -> int | None:
    """Find the row of column headings to repeat on a page that begins at row `start`; None without one."""
    section = grid.rows[start].section
    for index in range(start - 1, -1, -1):
        if grid.rows[index].section != section:
            return None
        if grid.rows[index].is_head:
            return index
    return None


def fill(grid: Grid, heights: Sequence[float], first_height: float, page_height: float) -> list[int]:
    """Fill pages with as many rows as fit and return the rows that begin the second and later pages.

    The first page has `first_height` for rows, the others `page_height`. A row with `stays_with_next` is kept on the
    page of the next row; a row taller than a page gets a page of its own.
    """
    starts: list[int] = []
    remaining = first_height
    for start, end in _blocks(grid):
        block_height = sum(heights[start:end])
        if block_height > remaining and start > 0:
            headings = headings_for(grid, start)
            remaining = page_height - (heights[headings] if headings is not None else 0)
            starts.append(start)
        remaining -= block_height
    return starts


def _blocks(grid: Grid) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of rows that must share a page."""
    start = 0
    for end, row in enumerate(grid.rows, start=1):
        if not row.stays_with_next:
            yield start, end
            start = end
    if start < len(grid.rows):
        yield start, len(grid.rows)


def _page_rows(
    grid: Grid, start: int, end: int, carried: list[tuple[Cell, int]], headings: int | None
) -> Iterator[Row]:
    """Yield the page's rows. Cells spanning from the page before are repeated, labels next to the repeated headings."""
    extra = 1 if headings is not None else 0
    repeated = [replace(cell, rows=min(begun + cell.rows, end) - start, continued=True) for cell, begun in carried]
    if headings is not None:
        labels = tuple(replace(cell, rows=cell.rows + extra) for cell in repeated if cell.style is Style.LABEL)
        repeated = [cell for cell in repeated if cell.style is not Style.LABEL]
        columns = tuple(cell for cell in grid.rows[headings].cells if cell.style is Style.HEAD)
        yield replace(grid.rows[headings], cells=labels + columns)
    for index in range(start, end):
        row = grid.rows[index]
        begun = [replace(cell, rows=min(cell.rows, end - index)) for cell in row.cells]
        cells = sorted([*repeated, *begun], key=lambda cell: cell.column)
        repeated = []
        yield replace(row, cells=tuple(cells))
