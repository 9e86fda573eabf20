"""Tables of several years next to each other: amounts by line, indicators by row, and numbers of rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from filings.document import money
from filings.document.content import FilingDocument
from filings.document.differences.changes import ChangeKind, MoneyDifference
from filings.document.differences.document_rows import DocumentRows
from filings.document.differences.row_matching import ComparedRow, matched_rows
from filings.document.edition import Edition
from filings.document.mapping import carry


@dataclass(frozen=True)
class YearTable:
    """The table of one year, with its edition."""

    label: str
    document: FilingDocument
    edition: Edition


@dataclass(frozen=True)
class AmountOfYears:
    """A budget line: its text in each year, and the difference of the last two years if both are amounts."""

    label: str
    texts: tuple[str, ...]
    difference: MoneyDifference | None
    is_total: bool


@dataclass(frozen=True)
class TargetOfYear:
    """An indicator in one year; `name` is set if it differs from that of the row."""

    target: str
    name: str = ""


@dataclass(frozen=True)
class IndicatorOfYears:
    """An indicator with its class; a year without it has None."""

    name: str
    heading: str
    years: tuple[TargetOfYear | None, ...]

    @property
    def kind(self) -> ChangeKind | None:
        """What happened between the last two years; None for a row of neither."""
        before, after = self.years[-2:]
        if before is None or after is None:
            return ChangeKind.ADDED if after else ChangeKind.REMOVED if before else None
        is_same = before.target == after.target and (before.name or self.name) == (after.name or self.name)
        return ChangeKind.SAME if is_same else ChangeKind.CHANGED


@dataclass(frozen=True)
class RowCount:
    """The number of rows of a section in each year."""

    label: str
    numbers: tuple[int, ...]

    @property
    def difference(self) -> int:
        """The difference of the last two years."""
        return self.numbers[-1] - self.numbers[-2]


@dataclass
class _Chain:
    """A row through the years, by the index of the year."""

    rows: dict[int, ComparedRow] = field(default_factory=dict)


class YearComparison:
    """Tables of at least two years, the oldest first, compared in the last one's edition.

    `left_out` counts the texts of earlier years that have no place in that edition.
    """

    def __init__(self, tables: Sequence[YearTable]) -> None:
        self.labels = tuple(table.label for table in tables)
        self._edition = tables[-1].edition
        self.left_out = 0
        self._documents = tuple(self._carried(table) for table in tables)

    @cached_property
    def amounts(self) -> list[AmountOfYears]:
        """The budget lines that have an amount in any year, in the edition's order."""
        rows = zip(*(DocumentRows(document, self._edition).amounts() for document in self._documents), strict=True)
        total = self._edition.total.key
        lines = [(row[0].name, tuple(each.cells[0].text for each in row), row[0].place.key == total) for row in rows]
        return [
            AmountOfYears(label, tuple(map(self._figure, texts)), self._difference(*texts[-2:]), is_total)
            for label, texts, is_total in lines
            if any(texts)
        ]

    @cached_property
    def indicators(self) -> list[IndicatorOfYears]:
        """All indicators: those of the last year in its order, then the earlier ones, the most recent first."""
        return [self._indicator(chain) for chain in self._chains()]

    @cached_property
    def counts(self) -> list[RowCount]:
        documents = self._documents
        counts = (
            RowCount("部门职责", tuple(len(document.duties) for document in documents)),
            RowCount("整体绩效目标", tuple(len(document.goals) for document in documents)),
            RowCount("绩效指标", tuple(len(document.indicators) for document in documents)),
            RowCount("任务", tuple(len(document.tasks) for document in documents)),
        )
        return [count for count in counts if any(count.numbers)]

    def _carried(self, table: YearTable) -> FilingDocument:
        """Carry a table over to the last edition; duties, goals and tasks are kept, so that they are counted."""
        if table.edition.sha256 == self._edition.sha256:
            return table.document
        carried = carry(table.document, table.edition, self._edition)
        self.left_out += len(carried.unmapped)
        original = table.document
        return replace(carried.document, duties=original.duties, goals=original.goals, tasks=original.tasks)

    def _chains(self) -> list[_Chain]:
        """Follow each row from the last year back to the first one."""
        last = len(self._documents) - 1
        newer = DocumentRows(self._documents[last], self._edition).indicators()
        chains = [_Chain({last: row}) for row in newer]
        current = list(chains)
        for year in range(last - 1, -1, -1):
            older = DocumentRows(self._documents[year], self._edition).indicators()
            following = {old: current[new] for new, old in matched_rows(older, newer).items()}
            current = [following.get(index) or _Chain() for index in range(len(older))]
            for chain, row in zip(current, older, strict=True):
                chain.rows[year] = row
            chains += [chain for index, chain in enumerate(current) if index not in following]
            newer = older
        return chains

    def _indicator(self, chain: _Chain) -> IndicatorOfYears:
        shown = chain.rows[max(chain.rows)]
        years = [chain.rows.get(year) for year in range(len(self._documents))]
        return IndicatorOfYears(
            shown.name, shown.heading, tuple(_target(row, shown.name) if row else None for row in years)
        )

    def _figure(self, text: str) -> str:
        value = money.parse(text, self._edition.unit).value
        return text if value is None else money.figure(value)

    def _difference(self, before: str, after: str) -> MoneyDifference | None:
        old, new = (self._value(text) for text in (before, after))
        return MoneyDifference(old, new) if old is not None and new is not None else None

    def _value(self, text: str) -> Decimal | None:
        """Return an amount in 万元; blank counts as zero, text that is no amount as None."""
        amount = money.parse(text, self._edition.unit)
        return Decimal(0) if amount.is_blank else amount.value


def _target(row: ComparedRow, name: str) -> TargetOfYear:
    texts = {cell.place.column: cell.text for cell in row.cells}
    return TargetOfYear(texts.get("target", ""), "" if row.name == name else row.name)
