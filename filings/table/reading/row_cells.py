"""A grid row by row, as it is read: what begins where, and where something reaches down from above."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from filings.table.grid import Cell, Grid, Join

# Stands before a row that goes on with the text of the row above (Word Joiner: nobody sees it, and it is in no text).
RUNS_ON = "\u2060"
# The section of a row that is a line of text between the tables of a file.
LINE = "line"


@dataclass(frozen=True)
class RowCell:
    """A cell of a row. `row` counts from one, 0 for lines around the table; '' is what reaches down from above."""

    row: int
    column: int
    columns: int
    text: str
    warning: str = ""
    reaches: bool = False
    is_line: bool = False

    @property
    def end(self) -> int:
        return self.column + self.columns

    @property
    def is_filled(self) -> bool:
        return bool(self.text.strip())

    def overlaps(self, other: "RowCell") -> bool:
        """Whether both cover a column."""
        return self.column < other.end and other.column < self.end


def filled(spots: Sequence[RowCell]) -> list[RowCell]:
    """Those that hold something."""
    return [spot for spot in spots if spot.is_filled]


def nonempty_or_flagged(spots: Sequence[RowCell]) -> list[RowCell]:
    """Those that hold something, and empty ones of which the file's reader has something to say."""
    return [spot for spot in spots if spot.is_filled or spot.warning]


def rows_of(grid: Grid) -> list[list[RowCell]]:
    """The table's rows, spots by column. A row that goes on with the text of the row above is part of that row."""
    rows: list[list[RowCell]] = []
    for number, (reaching, row) in enumerate(grid.with_reaching(), start=1):
        if row.join and rows:
            _join(rows[-1], row.cells[-1].content, "\n" if row.join is Join.LINE else "")
            continue
        spots = [_spot(cell, number, reaches=True) for cell in reaching]
        spots += [replace(_spot(cell, number), is_line=row.section == LINE) for cell in row.cells]
        texts = filled(spots)
        if len(texts) == 1 and texts[0].text.startswith(RUNS_ON) and rows and filled(rows[-1]):
            _join(rows[-1], texts[0].text.removeprefix(RUNS_ON), "")
        else:
            rows.append(sorted(spots, key=lambda spot: spot.column))
    return rows


def lines_of(cells: Sequence[Cell]) -> list[RowCell]:
    """Lines above or below a table."""
    return [replace(_spot(cell, 0), column=0, columns=1) for cell in cells]


def _spot(cell: Cell, row: int, *, reaches: bool = False) -> RowCell:
    text, warning = ("", "") if reaches else (cell.content, cell.warning)
    return RowCell(row, cell.column, cell.columns, text, warning, reaches)


def _join(spots: list[RowCell], text: str, glue: str) -> None:
    """More text for the last spot that holds some, or for the last at all."""
    at = max((number for number, spot in enumerate(spots) if spot.is_filled), default=len(spots) - 1)
    spots[at] = replace(spots[at], text=f"{spots[at].text}{glue}{text}")
