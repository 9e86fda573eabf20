"""What has been found of a table so far: texts by place, where each stood, what is uncertain, what was left out."""

from collections.abc import Sized
from dataclasses import dataclass, field

from filings.document.content import DutyRow, IndicatorRow, TaskRow
from filings.document.place import Place
from filings.document.text import bare, line
from filings.table.reading.row_cells import RowCell


@dataclass(frozen=True)
class Leftover:
    """A text that found no place in the document; `row` counts the table's rows from one, 0 for lines around it."""

    row: int
    text: str
    column: int = field(default=0, compare=False)


@dataclass
class Found:
    """Filled while a table is read. `unit` is the one that the file names for its amounts, '' where it names none."""

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

    def key_after(self, rows: Sized) -> str:
        """A key for the next row of its kind: r1, r2 …"""
        return f"r{len(rows) + 1}"

    def came_from(self, place: Place, spot: RowCell, warning: str = "") -> None:
        """Where a place's text stood; a warning of the file's reader goes before one of the table's."""
        self.origins.setdefault(place, []).append(spot)
        if spot.warning or warning:
            self.warnings.setdefault(place, spot.warning or warning)

    def leave_out(self, spot: RowCell, text: str | None = None) -> None:
        """A spot, or a part of its text, that found no place."""
        words = line(spot.text if text is None else text)
        if bare(words):
            self.leftovers.append(Leftover(spot.row, words, spot.column))
