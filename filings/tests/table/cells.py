"""Tables for tests of reading, written cell by cell."""

from collections.abc import Sequence

from filings.document.bundled_editions import editions
from filings.document.edition import Edition
from filings.table.grid import Cell, Grid, Row
from filings.table.reading.read_table import Reading, read
from filings.table.reading.row_cells import RowCell

HUNAN: Edition = editions()["hunan-county-2022"]
STANDARD: Edition = editions()["standard-2024"]


def grid_of(*rows: Sequence[str | Cell], name: str = "") -> Grid:
    """Texts in the columns in which they stand; a Cell says its column itself."""
    made = (
        tuple(item if isinstance(item, Cell) else Cell(item, at) for at, item in enumerate(row) if item != "~")
        for row in rows
    )
    return Grid(tuple(Row(cells, "") for cells in made), name=name)


def spots_of(*texts: str) -> list[RowCell]:
    """A row of cells, one column each."""
    return [RowCell(1, at, 1, text) for at, text in enumerate(texts)]


def reading_of(*rows: Sequence[str | Cell], edition: Edition = HUNAN) -> Reading:
    """A table of 财政局 with these rows below its name."""
    return read(grid_of(["部门名称", "财政局"], *rows), edition)


def left_of(reading: Reading) -> list[str]:
    return [left.text for left in reading.not_understood]
