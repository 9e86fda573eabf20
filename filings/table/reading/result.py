"""Builder of a reading: texts by place, the cells they came from, warnings and leftovers."""

from collections.abc import Sized
from dataclasses import dataclass, field

from filings.document.content import DutyRow, IndicatorRow, TaskRow
from filings.document.place import Place
from filings.document.text import bare, line
from filings.table.reading.row_cells import RowCell


@dataclass(frozen=True)
class Leftover:
    """A text without a place in the document. `row` is one-based, 0 for lines above and below the table."""

    row: int
    text: str
    column: int = field(default=0, compare=False)


@dataclass
class ReadingBuilder:
    """Content of a table, collected while it is read. `unit` is the file's unit of amounts, '' if it states none."""

    year: int | None = None
    unit: str = ""
    is_project: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    amounts: dict[str, str] = field(default_factory=dict)
    duties: list[DutyRow] = field(default_factory=list)
    goals: list[str] = field(default_factory=list)
    tasks: list[TaskRow] = field(default_factory=list)
    indicators: list[IndicatorRow] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    origins: dict[Place, list[RowCell]] = field(default_factory=dict)
    warnings: dict[Place, str] = field(default_factory=dict)

    def next_key(self, rows: Sized) -> str:
        """Key of the row that follows `rows`: r1, r2 …"""
        return f"r{len(rows) + 1}"

    def add_origin(self, place: Place, cell: RowCell, warning: str = "") -> None:
        """Record the cell that a place's text came from. The file reader's warning takes precedence over `warning`."""
        self.origins.setdefault(place, []).append(cell)
        if cell.warning or warning:
            self.warnings.setdefault(place, cell.warning or warning)

    def add_leftover(self, cell: RowCell, text: str | None = None) -> None:
        """Record a cell, or a part of its text, as a leftover; blank text is ignored."""
        leftover = line(cell.text if text is None else text)
        if bare(leftover):
            self.leftovers.append(Leftover(cell.row, leftover, cell.column))
