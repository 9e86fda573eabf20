"""Split a grid into rows of cells with their columns, including cells that span from rows above."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from filings.table.grid import Cell, Grid, Join

# Prefix of a row that continues the text of the row above (Word Joiner: invisible, and not used in texts).
RUNS_ON = "\u2060"
# Prefix and suffix of a label that is repeated on a new page.
_REPEATED, _CONTINUED = RUNS_ON * 2, "（续）"
# Section of a row that is a line of text between the tables of a file.
LINE = "line"


@dataclass(frozen=True)
class RowCell:
    """A cell in a row. `row` is one-based, 0 for lines above and below the table.

    `is_spanning`: the cell begins in a row above; its text is '' here. `is_line`: a line of text between tables.
    """

    row: int
    column: int
    columns: int
    text: str
    warning: str = ""
    is_spanning: bool = False
    is_line: bool = False

    @property
    def end(self) -> int:
        return self.column + self.columns

    @property
    def is_filled(self) -> bool:
        return bool(self.text.strip())

    def overlaps(self, other: "RowCell") -> bool:
        """Whether both cells share a column."""
        return self.column < other.end and other.column < self.end


def filled(cells: Sequence[RowCell]) -> list[RowCell]:
    """Select the cells that contain text."""
    return [cell for cell in cells if cell.is_filled]


def nonempty_or_flagged(cells: Sequence[RowCell]) -> list[RowCell]:
    """Select the cells that contain text or a warning of the file's reader."""
    return [cell for cell in cells if cell.is_filled or cell.warning]


def rows_of(grid: Grid) -> list[list[RowCell]]:
    """Split the table into rows, cells by column. A row that continues the text of the row above is merged into it."""
    rows: list[list[RowCell]] = []
    for number, (spanning, row) in enumerate(grid.rows_with_spanning(), start=1):
        if row.join and rows:
            _join(rows[-1], row.cells[-1].content, "\n" if row.join is Join.LINE else "")
            continue
        cells = [_row_cell(cell, number, is_spanning=True) for cell in spanning]
        cells += [replace(_row_cell(cell, number), is_line=row.section == LINE) for cell in row.cells]
        nonempty = filled(cells)
        if len(nonempty) == 1 and nonempty[0].text.startswith(RUNS_ON) and rows and filled(rows[-1]):
            _join(rows[-1], nonempty[0].text.removeprefix(RUNS_ON), "")
        else:
            rows.append(sorted(cells, key=lambda cell: cell.column))
    return rows


def lines_of(cells: Sequence[Cell]) -> list[RowCell]:
    """Convert the lines above or below a table."""
    return [replace(_row_cell(cell, 0), column=0, columns=1) for cell in cells]


def repeated_label(text: str) -> str:
    """Mark a label that is repeated on a new page; it is read as the continuation of the label above."""
    return f"{_REPEATED}{text}\n{_CONTINUED}"


def _row_cell(cell: Cell, row: int, *, is_spanning: bool = False) -> RowCell:
    is_spanning = is_spanning or (cell.text.startswith(_REPEATED) and cell.text.endswith(_CONTINUED))
    text, warning = ("", "") if is_spanning else (cell.content, cell.warning)
    return RowCell(row, cell.column, cell.columns, text, warning, is_spanning)


def _join(cells: list[RowCell], text: str, glue: str) -> None:
    """Append text to the last cell that contains some, else to the last cell."""
    last = max((index for index, cell in enumerate(cells) if cell.is_filled), default=len(cells) - 1)
    cells[last] = replace(cells[last], text=f"{cells[last].text}{glue}{text}")
