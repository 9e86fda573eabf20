"""Check that the cells of a grid cover each of its positions exactly once."""

from collections import Counter
from collections.abc import Sequence

from filings.table.grid import Cell, Row


def positions(rows: Sequence[Row]) -> Counter[tuple[int, int]]:
    """Count the cells that cover each row and column."""
    return Counter(
        (number + down, cell.column + across)
        for number, row in enumerate(rows)
        for cell in row.cells
        for down in range(cell.rows)
        for across in range(cell.columns)
    )


def is_complete(rows: Sequence[Row]) -> bool:
    """Whether the cells of each row are in order and cover columns 0 to n - 1 exactly once, and nothing else."""
    covered = positions(rows)
    width = max((column + 1 for _, column in covered), default=0)
    in_order = all(cells(row) == sorted(cells(row)) for row in rows)
    return in_order and covered == Counter((row, column) for row in range(len(rows)) for column in range(width))


def cells(row: Row) -> list[int]:
    """List the columns in which cells begin."""
    return [cell.column for cell in row.cells]


def shape(rows: Sequence[Row]) -> list[list[tuple[str, int, int, int]]]:
    """List text, column, columns and rows of each cell."""
    return [[(cell.content, cell.column, cell.columns, cell.rows) for cell in row.cells] for row in rows]


def texts(cells: Sequence[Cell]) -> list[str]:
    """List the text of lines above or below a table."""
    return [cell.content for cell in cells]
