"""The document: one department's table for one year, as an immutable value in normal form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from filings.document import money, target
from filings.document.edition import Edition
from filings.document.text import line, prose

UNCLASSIFIED = "待归类"

MOST_DUTIES = 60
MOST_TASKS = 60
MOST_INDICATORS = 300
LONGEST_FIELD = 200
LONGEST_AMOUNT = 60
LONGEST_PROSE = 5000


@dataclass(frozen=True)
class DutyRow:
    """A duty with its numeral as printed: （一）负责…"""

    key: str = field(compare=False)
    text: str


@dataclass(frozen=True)
class IndicatorRow:
    """A third-level indicator with its target as written.

    `node` is the key of its second-level node in the edition, None while the row is unclassified. The labels are the
    edition's for a known node, otherwise those of the source. `more` holds further columns by column key.
    """

    key: str = field(compare=False)
    node: str | None
    first_level: str
    second_level: str
    name: str
    target: str
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TaskRow:
    """A row of the task table, for editions that have one; cells by column key."""

    key: str = field(compare=False)
    cells: Mapping[str, str]


@dataclass(frozen=True)
class FilingDocument:
    """A complete table.

    `amounts` maps budget line keys to texts in normal form, '' for a blank one. Row keys do not take part in equality.
    """

    edition: str
    edition_sha256: str
    year: int | None
    fields: Mapping[str, str]
    amounts: Mapping[str, str]
    duties: tuple[DutyRow, ...] = ()
    goals: tuple[str, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    tasks: tuple[TaskRow, ...] = ()

    @property
    def department(self) -> str:
        return self.fields.get("department", "")

    @property
    def owner(self) -> str:
        """The department, or the filing unit where no department is given."""
        return self.department or self.fields.get("filing_unit", "")

    @property
    def goal(self) -> str:
        """All goals, joined by line breaks."""
        return "\n".join(self.goals)

    def amount(self, key: str, edition: Edition) -> money.Amount:
        """Parse the amount of a budget line; its value is in 万元."""
        return money.parse(self.amounts.get(key, ""), edition.unit)


def compose(
    edition: Edition,
    *,
    year: int | None,
    fields: Mapping[str, str],
    amounts: Mapping[str, str],
    duties: Iterable[tuple[str, str]] = (),
    goals: Iterable[str] = (),
    indicators: Iterable[IndicatorRow] = (),
    tasks: Iterable[TaskRow] = (),
) -> FilingDocument:
    """Build a document in normal form from texts as typed or as read from a file.

    Blank rows are dropped; indicators are sorted into the edition's order, unclassified ones last. Duties are
    (row key, text) pairs. Keys unknown to the edition are ignored.
    """
    paragraphs = ((key, line(text)) for key, text in duties)
    rows = (_normal_row(row, edition) for row in indicators)
    filled = [row for row in rows if row.name or row.target or any(row.more.values())]
    lines = (_normal_task(task, edition) for task in tasks)
    return FilingDocument(
        edition=edition.code,
        edition_sha256=edition.sha256,
        year=year,
        fields={key: line(fields.get(key, "")) for key in edition.field_keys},
        amounts={item.key: money.parse(amounts.get(item.key, ""), edition.unit).text for item in edition.lines},
        duties=tuple(DutyRow(key, text) for key, text in paragraphs if text),
        goals=tuple(text for text in map(prose, goals) if text),
        indicators=tuple(_in_order(filled, edition)),
        tasks=tuple(task for task in lines if any(task.cells.values())),
    )


def _normal_row(row: IndicatorRow, edition: Edition) -> IndicatorRow:
    first, second = line(row.first_level), line(row.second_level)
    node = row.node if row.node and edition.levels(row.node) else edition.classify(first, second)
    levels = edition.levels(node) if node else None
    if levels:
        first, second = ("".join(level.label.split()) for level in levels)
    elif first.startswith(UNCLASSIFIED):
        first = first.removeprefix(UNCLASSIFIED).lstrip("：: ")
    more = {column.key: text for column in edition.further_columns if (text := line(row.more.get(column.key, "")))}
    value = "".join(target.split_target(row.target)) if edition.has_comparator_column else target.normalize(row.target)
    return IndicatorRow(row.key, node, first, second, line(row.name), value, more)


def _normal_task(task: TaskRow, edition: Edition) -> TaskRow:
    cells = {column.key: line(task.cells.get(column.key, "")) for column in edition.task_columns}
    if "amount" in cells:
        cells["amount"] = money.parse(task.cells.get("amount", ""), edition.unit).text
    return TaskRow(task.key, cells)


def _in_order(rows: list[IndicatorRow], edition: Edition) -> list[IndicatorRow]:
    """Sort rows into the edition's order, unclassified ones last and grouped by labels in order of first appearance."""
    first_seen: dict[tuple[str, str], int] = {}
    for index, row in enumerate(rows):
        if row.node is None:
            first_seen.setdefault((row.first_level, row.second_level), index)
    return sorted(
        rows, key=lambda row: (edition.position(row.node), first_seen.get((row.first_level, row.second_level), 0))
    )
