"""A table of only some rows: those with findings, changes or remarks."""

from collections.abc import Collection
from dataclasses import replace

from filings.document.place import Place, row_of
from filings.table.grid import Cell, Grid, Row, Style


def with_rows(grid: Grid, places: Collection[Place]) -> Grid:
    """Keep the rows that have one of the places; the label of a class counts where the class begins.

    A cell that spans rows is repeated in each row that is kept, with its place only once.
    """
    wanted = {row_of(place) for place in places}
    kept: list[Row] = []
    seen: set[Place] = set()
    for spanning, row in grid.rows_with_spanning():
        cells = (*spanning, *row.cells)
        if not any(cell.place and row_of(cell.place) in wanted for cell in row.cells):
            continue
        single = tuple(_single(cell, seen) for cell in sorted(cells, key=lambda cell: cell.column))
        kept.append(replace(row, cells=single, join=None))
    return replace(grid, rows=tuple(kept), above=grid.above[:1], below=())


def _single(cell: Cell, seen: set[Place]) -> Cell:
    place = cell.place if cell.place and cell.place not in seen else None
    if place and cell.style is Style.LEVEL:
        seen.add(place)
    return replace(cell, rows=1, place=place)
