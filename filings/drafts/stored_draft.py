"""A stored draft: the texts of all cells by place, read in one query and changed in memory.

Every cell has a place and a text. A row is a cell too: the text of its own place is its rank, blank while the row is
removed.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import CharField, F, TextField, Value
from django.db.models.functions import Cast, Coalesce

from filings.checks import context
from filings.document import rank
from filings.document.content import DutyRow, FilingDocument, IndicatorRow, TaskRow
from filings.document.edition import FURTHER_COLUMNS, Edition
from filings.document.edition_validation import TASK_COLUMNS
from filings.document.place import Place
from filings.models import Filing

# Number of columns of the combined query.
WIDTH = 9
COLUMNS = {
    "duties": ("text",),
    "tasks": TASK_COLUMNS,
    "indicators": ("node", "name", "target", *FURTHER_COLUMNS),
}


def is_row(place: Place) -> bool:
    """Whether a place is a row's own, whose text is the rank."""
    return place.section in COLUMNS and not place.column


def columns_of(section: str, edition: Edition) -> tuple[str, ...]:
    """Return the columns that the rows of a section have in an edition."""
    if section == "tasks":
        return tuple(column.key for column in edition.task_columns)
    further = {column.key for column in edition.further_columns}
    return tuple(column for column in COLUMNS[section] if column in further or column not in FURTHER_COLUMNS)


@dataclass
class StoredRow:
    """A duty, a task or an indicator. `labels` are the first- and second-level labels of the source file, if kept."""

    key: str
    rank: str
    texts: dict[str, str]
    labels: tuple[str, str] = ("", "")

    @property
    def order(self) -> tuple[object, str]:
        """Sort key. Two users may give rows the same rank; these are ordered by their keys."""
        return rank.order(self.rank), self.key


@dataclass
class StoredDraft:
    """All cells of a draft. `cells` are those outside rows: fields, amounts, goals, links and explanations.

    `context_rows` are rows for checks.context.from_rows, read by the same query.
    """

    cells: dict[Place, str]
    rows: dict[str, dict[str, StoredRow]]
    context_rows: list[context.ContextRow] = field(default_factory=list)

    def text(self, place: Place) -> str | None:
        """Return the text of a cell, None when its row is missing or removed. A row's own place is blank then."""
        if place.section not in self.rows:
            return self.cells.get(place, "")
        row = self.rows[place.section].get(place.key)
        if not place.column:
            return row.rank if row else ""
        return row.texts.get(place.column, "") if row and row.rank else None

    def ordered_rows(self, section: str) -> list[StoredRow]:
        """Return the rows of a section in order, without removed ones."""
        return sorted((row for row in self.rows[section].values() if row.rank), key=lambda row: row.order)

    def count(self, section: str) -> int:
        """Count the rows of a section, without removed ones."""
        return sum(bool(row.rank) for row in self.rows[section].values())

    def texts(self) -> dict[Place, str]:
        """Return the texts of all cells that are not blank, without removed rows."""
        texts = {place: text for place, text in self.cells.items() if text}
        for section in self.rows:
            for row in self.ordered_rows(section):
                texts[Place(section, row.key)] = row.rank
                texts |= {Place(section, row.key, column): text for column, text in row.texts.items() if text}
        return texts

    def document(self, edition: Edition, year: int) -> FilingDocument:
        """Build the document as typed, including blank rows, with unclassified rows last."""
        indicators = [_indicator(row) for row in self.ordered_rows("indicators")]
        return FilingDocument(
            edition=edition.code,
            edition_sha256=edition.sha256,
            year=year,
            fields={key: self.cells.get(Place("fields", key), "") for key in edition.field_keys},
            amounts={line.key: self.cells.get(Place("amounts", line.key), "") for line in edition.lines},
            duties=tuple(DutyRow(row.key, row.texts["text"]) for row in self.ordered_rows("duties")),
            goals=(self.cells.get(Place("goals", "0"), ""),),
            indicators=tuple(sorted(indicators, key=lambda row: edition.position(row.node))),
            tasks=tuple(TaskRow(row.key, dict(row.texts)) for row in self.ordered_rows("tasks")),
        )


def read(filing: Filing) -> StoredDraft:
    """Read the draft from the database, including removed rows."""
    stored = StoredDraft({}, {section: {} for section in COLUMNS})
    for section, key, row_rank, first, second, name, target, node, more in _select_all(filing):
        match section:
            case _ if section in context.KINDS:
                stored.context_rows.append((section, key, row_rank, first, second))
            case "texts":
                stored.cells[Place.parse(key)] = name
            case "amounts":
                stored.cells[Place("amounts", key)] = name
            case "duties":
                stored.rows[section][key] = StoredRow(key, row_rank, {"text": name})
            case "tasks":
                texts = {"name": name, "content": target, "amount": node}
                stored.rows[section][key] = StoredRow(key, row_rank, texts)
            case _:
                further = json.loads(more) if more != "{}" else {}
                texts = {"node": node, "name": name, "target": target}
                texts |= {column: further.get(column, "") for column in FURTHER_COLUMNS}
                stored.rows[section][key] = StoredRow(key, row_rank, texts, (first, second))
    return stored


def from_texts(texts: Mapping[Place, str]) -> StoredDraft:
    """Build a draft from the texts of its cells, as restore points keep them."""
    stored = StoredDraft({}, {section: {} for section in COLUMNS})
    for place, text in texts.items():
        if place.section not in COLUMNS:
            stored.cells[place] = text
        elif not place.column:
            columns = COLUMNS[place.section]
            row = {column: texts.get(Place(place.section, place.key, column), "") for column in columns}
            stored.rows[place.section][place.key] = StoredRow(place.key, text, row)
    return stored


def _select_all(filing: Filing) -> Iterator[tuple[str, ...]]:
    """Select every stored cell and row, and the context that the rules need, in one query.

    Pages that save every second read all of it each time. Columns are (section, key, rank, first-level label,
    second-level label, text or name, target, node, more); a task's content and amount are in the columns of target
    and node.
    """
    blank = Value("", output_field=CharField())
    empty = Value("{}", output_field=TextField())
    node = Coalesce(F("node__key"), blank)

    def section(name: str) -> Value:
        return Value(name, output_field=CharField())

    texts = filing.texts.order_by().values_list(
        section("texts"), "place", blank, blank, blank, "raw", blank, blank, empty
    )
    amounts = filing.amounts.order_by().values_list(
        section("amounts"), "line", blank, blank, blank, Cast("raw", TextField()), blank, blank, empty
    )
    duties = filing.duties.order_by().values_list(
        section("duties"), "key", "rank", blank, blank, "raw", blank, blank, empty
    )
    indicators = filing.indicators.order_by().values_list(
        section("indicators"), "key", "rank", "found_first_level", "found_second_level", "name", "target", node,
        Cast("more", TextField()),
    )  # fmt: skip
    tasks = filing.tasks.order_by().values_list(
        section("tasks"), "key", "rank", blank, blank, "name", "content", "amount", empty
    )
    return texts.union(amounts, duties, tasks, indicators, *context.queries(filing, WIDTH), all=True).iterator()


def _indicator(row: StoredRow) -> IndicatorRow:
    texts = row.texts
    more = {column: texts[column] for column in FURTHER_COLUMNS if texts.get(column)}
    return IndicatorRow(row.key, texts["node"] or None, *row.labels, texts["name"], texts["target"], more)
