"""What holds for the grid of any file: every spot of its raster is covered exactly once."""

from collections import Counter
from collections.abc import Sequence

from filings.table.grid import Cell, Row


def spots(rows: Sequence[Row]) -> Counter[tuple[int, int]]:
    """For each spot, as row and column, how many cells cover it."""
    return Counter(
        (number + down, cell.column + across)
        for number, row in enumerate(rows)
        for cell in row.cells
        for down in range(cell.rows)
        for across in range(cell.columns)
    )


def is_raster(rows: Sequence[Row]) -> bool:
    """Whether the cells cover columns 0 to n - 1 of each row once each, in order, and nothing beside them."""
    covered = spots(rows)
    width = max((column + 1 for _, column in covered), default=0)
    in_order = all(cells(row) == sorted(cells(row)) for row in rows)
    return in_order and covered == Counter((row, column) for row in range(len(rows)) for column in range(width))


def cells(row: Row) -> list[int]:
    """The columns in which cells begin."""
    return [cell.column for cell in row.cells]


def shape(rows: Sequence[Row]) -> list[list[tuple[str, int, int, int]]]:
    """Text, column, columns and rows of each cell."""
    return [[(cell.content, cell.column, cell.columns, cell.rows) for cell in row.cells] for row in rows]


def texts(cells: Sequence[Cell]) -> list[str]:
    """What lines above or below a table say."""
    return [cell.content for cell in cells]
