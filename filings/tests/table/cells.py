"""Grids, rows and readings for the tests of table reading."""

from collections.abc import Sequence

from filings.document.bundled_editions import editions
from filings.document.edition import Edition
from filings.table.grid import Cell, Grid, Row
from filings.table.reading.read_table import Reading, read_table
from filings.table.reading.row_cells import RowCell

HUNAN: Edition = editions()["hunan-county-2022"]
STANDARD: Edition = editions()["standard-2024"]


def grid_of(*rows: Sequence[str | Cell], name: str = "") -> Grid:
    """Build a grid of rows of texts, one column each. A Cell has its own column; "~" leaves a column without a cell."""
    grid_rows = (
        tuple(item if isinstance(item, Cell) else Cell(item, column) for column, item in enumerate(row) if item != "~")
        for row in rows
    )
    return Grid(tuple(Row(cells, "") for cells in grid_rows), name=name)


def cells_of(*texts: str) -> list[RowCell]:
    """Build a row of cells, one column each."""
    return [RowCell(1, column, 1, text) for column, text in enumerate(texts)]


def reading_of(*rows: Sequence[str | Cell], edition: Edition = HUNAN) -> Reading:
    """Read a table of 财政局 with these rows below the department's name."""
    return read_table(grid_of(["部门名称", "财政局"], *rows), edition)


def leftovers_of(reading: Reading) -> list[str]:
    return [leftover.text for leftover in reading.leftovers]
