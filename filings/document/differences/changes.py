"""Result of comparing two documents: changes of rows and cells, and differences of money."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property

from filings.document.differences.text_runs import Run, text_runs
from filings.document.place import Place

_TENTH = Decimal("0.1")


class ChangeKind(StrEnum):
    """What happened to a row. A moved row has the same texts at another position."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class MoneyDifference:
    """Two amounts in 万元, with blank counted as zero."""

    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        """The exact difference in 万元, positive for an increase."""
        return self.after - self.before

    @property
    def percent(self) -> Decimal | None:
        """The difference in per cent of the old amount with one decimal; None if that is zero."""
        if not self.before:
            return None
        return (self.difference / self.before * 100).quantize(_TENTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class CellChange:
    """A cell whose text differs.

    The side without this row has no place. `label` is the cell's column, empty where a row is one cell; `money`
    is set if both texts are amounts.
    """

    place_before: Place | None
    place_after: Place | None
    label: str
    before: str
    after: str
    money: MoneyDifference | None = None

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Equal, deleted and inserted characters."""
        return text_runs(self.before, self.after)


@dataclass(frozen=True)
class RowChange:
    """A row of either document, or a field or budget line.

    `place` is that of the row in the new document, or in the old one for a removed row. `heading` is the class of an
    indicator. `cells` are those that differ; all that are not blank for an added or removed row.
    """

    kind: ChangeKind
    place: Place
    name: str
    heading: str = ""
    cells: tuple[CellChange, ...] = ()

    @property
    def key(self) -> str:
        return self.place.key


@dataclass(frozen=True)
class Comparison:
    """All rows of both documents by section, each once, with what happened to them.

    Rows are in the order of the new document; a removed row follows the row that it followed in the old one. Places
    of the old document are given in the new document's edition. `notes` are Chinese sentences.
    """

    fields: tuple[RowChange, ...]
    amounts: tuple[RowChange, ...]
    tasks: tuple[RowChange, ...]
    duties: tuple[RowChange, ...]
    goals: tuple[RowChange, ...]
    indicators: tuple[RowChange, ...]
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[RowChange]:
        for section in (self.fields, self.amounts, self.tasks, self.duties, self.goals, self.indicators):
            yield from section

    @cached_property
    def changes(self) -> tuple[RowChange, ...]:
        """The rows that are not the same, in the order of the sections."""
        return tuple(row for row in self if row.kind is not ChangeKind.SAME)

    @property
    def count(self) -> int:
        """The number of changed rows."""
        return len(self.changes)
