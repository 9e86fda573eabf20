"""A draft as it is stored: the texts of all its cells by place, read in one query, changed in memory, written back.

Every cell has a place and a text. A row is a cell too: its own place holds its rank, and nothing while it is removed.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import CharField, F, TextField, Value
from django.db.models.functions import Cast, Coalesce

from filings.checks import context
from filings.document import content, rank
from filings.document.content import FilingDocument, IndicatorRow
from filings.document.edition import FURTHER_COLUMNS, Edition
from filings.document.edition_validation import TASK_COLUMNS
from filings.document.place import Place
from filings.models import Filing

# How many columns the rows of the one query have.
WIDTH = 9
COLUMNS = {
    "duties": ("text",),
    "tasks": TASK_COLUMNS,
    "indicators": ("node", "name", "target", *FURTHER_COLUMNS),
}


def is_row(at: Place) -> bool:
    """Whether a place is that of a row itself, which holds its rank."""
    return at.section in COLUMNS and not at.column


def columns_of(section: str, edition: Edition) -> tuple[str, ...]:
    """The columns that rows of a section have on a form."""
    if section == "tasks":
        return tuple(column.key for column in edition.task_columns)
    further = {column.key for column in edition.further_columns}
    return tuple(column for column in COLUMNS[section] if column in further or column not in FURTHER_COLUMNS)


@dataclass
class StoredRow:
    """A duty, a task or an indicator. `found` are the labels of its class as a file had them."""

    key: str
    rank: str
    texts: dict[str, str]
    found: tuple[str, str] = ("", "")

    @property
    def order(self) -> tuple[object, str]:
        """Where it stands among its like; rows that two people put at one rank stand by their keys."""
        return rank.order(self.rank), self.key


@dataclass
class Stored:
    """Cells of the whole draft. `cells` are those of no row: fields, amounts and goals; and what is said beside them.

    `context_rows` are the rows that came with it of what the rules need (inputs.py).
    """

    cells: dict[Place, str]
    rows: dict[str, dict[str, StoredRow]]
    context_rows: list[context.ContextRow] = field(default_factory=list)

    def text(self, at: Place) -> str | None:
        """What stands in a cell, None when its row is not there; a row's own place is blank then."""
        if at.section not in self.rows:
            return self.cells.get(at, "")
        row = self.rows[at.section].get(at.key)
        if not at.column:
            return row.rank if row else ""
        return row.texts.get(at.column, "") if row and row.rank else None

    def standing(self, section: str) -> list[StoredRow]:
        """The rows that are there, in their order."""
        return sorted((row for row in self.rows[section].values() if row.rank), key=lambda row: row.order)

    def count(self, section: str) -> int:
        """How many rows are there."""
        return sum(bool(row.rank) for row in self.rows[section].values())

    def texts(self) -> dict[Place, str]:
        """Every cell that holds something, of the rows that are there."""
        found = {at: text for at, text in self.cells.items() if text}
        for section in self.rows:
            for row in self.standing(section):
                found[Place(section, row.key)] = row.rank
                found |= {Place(section, row.key, column): text for column, text in row.texts.items() if text}
        return found

    def document(self, edition: Edition, year: int) -> FilingDocument:
        """The table as typed, blank rows included, those without a class last."""
        rows = [_indicator(row) for row in self.standing("indicators")]
        return FilingDocument(
            edition=edition.code,
            edition_sha256=edition.sha256,
            year=year,
            fields={key: self.cells.get(Place("fields", key), "") for key in edition.field_keys},
            amounts={line.key: self.cells.get(Place("amounts", line.key), "") for line in edition.lines},
            duties=tuple(content.DutyRow(row.key, row.texts["text"]) for row in self.standing("duties")),
            goals=(self.cells.get(Place("goals", "0"), ""),),
            indicators=tuple(sorted(rows, key=lambda row: edition.position(row.node))),
            tasks=tuple(content.TaskRow(row.key, dict(row.texts)) for row in self.standing("tasks")),
        )


def read(filing: Filing) -> Stored:
    """What is stored now, removed rows included."""
    stored = Stored({}, {section: {} for section in COLUMNS})
    for section, key, at, first, second, name, target, node, more in _everything(filing):
        match section:
            case _ if section in context.KINDS:
                stored.context_rows.append((section, key, at, first, second))
            case "texts":
                stored.cells[Place.parse(key)] = name
            case "amounts":
                stored.cells[Place("amounts", key)] = name
            case "duties":
                stored.rows[section][key] = StoredRow(key, at, {"text": name})
            case "tasks":
                stored.rows[section][key] = StoredRow(key, at, {"name": name, "content": target, "amount": node})
            case _:
                further = json.loads(more) if more != "{}" else {}
                texts = {"node": node, "name": name, "target": target}
                texts |= {column: further.get(column, "") for column in FURTHER_COLUMNS}
                stored.rows[section][key] = StoredRow(key, at, texts, (first, second))
    return stored


def composed(texts: Mapping[Place, str]) -> Stored:
    """A draft out of the texts of its cells, as a restore point keeps them."""
    stored = Stored({}, {section: {} for section in COLUMNS})
    for at, text in texts.items():
        if at.section not in COLUMNS:
            stored.cells[at] = text
        elif not at.column:
            columns = COLUMNS[at.section]
            row = {column: texts.get(Place(at.section, at.key, column), "") for column in columns}
            stored.rows[at.section][at.key] = StoredRow(at.key, text, row)
    return stored


def _everything(filing: Filing) -> Iterator[tuple[str, ...]]:
    """(section, key, rank, found labels, text or name, target, node, more) of every stored cell or row, with what the
    rules need besides, in one query: a page that saves every second asks for all of it each time. A task's content
    and amount come in the columns of target and node."""
    none = Value("", output_field=CharField())
    empty = Value("{}", output_field=TextField())
    node = Coalesce(F("node__key"), none)

    def section(name: str) -> Value:
        return Value(name, output_field=CharField())

    texts = filing.texts.order_by().values_list(section("texts"), "place", none, none, none, "raw", none, none, empty)
    amounts = filing.amounts.order_by().values_list(
        section("amounts"), "line", none, none, none, Cast("raw", TextField()), none, none, empty
    )
    duties = filing.duties.order_by().values_list(
        section("duties"), "key", "rank", none, none, "raw", none, none, empty
    )
    indicators = filing.indicators.order_by().values_list(
        section("indicators"), "key", "rank", "found_first_level", "found_second_level", "name", "target", node,
        Cast("more", TextField()),
    )  # fmt: skip
    tasks = filing.tasks.order_by().values_list(
        section("tasks"), "key", "rank", none, none, "name", "content", "amount", empty
    )
    return texts.union(amounts, duties, tasks, indicators, *context.questions(filing, WIDTH), all=True).iterator()


def _indicator(row: StoredRow) -> IndicatorRow:
    texts = row.texts
    more = {column: texts[column] for column in FURTHER_COLUMNS if texts.get(column)}
    return IndicatorRow(row.key, texts["node"] or None, *row.found, texts["name"], texts["target"], more)
