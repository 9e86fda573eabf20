"""A table of only some rows: those with findings, changes or remarks."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from filings.document.place import Place, row_of
from filings.table.grid import Cell, Grid, Row


def with_rows(grid: Grid, places: Collection[Place]) -> Grid:
    """Keep the rows that have one of the places. Labels span the rows of theirs that are kept."""
    wanted = {row_of(place) for place in places}
    kept = [
        (spanning, row)
        for spanning, row in grid.rows_with_spanning()
        if any(cell.place and row_of(cell.place) in wanted for cell in row.cells)
    ]
    return replace(grid, rows=tuple(_joined(kept)), above=grid.above[:1], below=())


def _joined(kept: list[tuple[tuple[Cell, ...], Row]]) -> Iterator[Row]:
    """Yield the rows; a cell that spans several of them begins in the first."""
    spans = Counter(id(cell) for spanning, row in kept for cell in (*spanning, *row.cells))
    begun: set[int] = set()
    for spanning, row in kept:
        beginning = [cell for cell in (*spanning, *row.cells) if id(cell) not in begun]
        begun |= {id(cell) for cell in beginning}
        cells = [replace(cell, rows=spans[id(cell)]) for cell in beginning]
        yield replace(row, cells=tuple(sorted(cells, key=lambda cell: cell.column)), join=None)
