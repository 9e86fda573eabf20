"""The cells of one save: what may be put into each, and writing back what was changed, a statement a kind of row.

Beside the table there are texts that belong to it: what rows speak for, and what an officer says to a finding.
"""

import re
from collections.abc import Mapping

from filings.document import links, money, rank, target
from filings.document.content import (
    LONGEST_AMOUNT,
    LONGEST_FIELD,
    LONGEST_PROSE,
    MOST_DUTIES,
    MOST_INDICATORS,
    MOST_TASKS,
)
from filings.document.edition import FURTHER_COLUMNS, Edition
from filings.document.edition_validation import TASK_COLUMNS
from filings.document.place import Place
from filings.drafts.stored import COLUMNS, Stored, StoredRow, columns_of, is_row
from filings.models import BudgetAmount, DraftText, Duty, Filing, Indicator, Task

MOST = {"duties": MOST_DUTIES, "tasks": MOST_TASKS, "indicators": MOST_INDICATORS}
LONGEST_EXPLANATION = 1000
MOST_EXPLANATIONS = 400
# How many characters a cell takes, by its section and column.
LONGEST = {
    "fields": LONGEST_FIELD,
    "amounts": LONGEST_AMOUNT,
    "goals": LONGEST_PROSE,
    "duties.text": LONGEST_PROSE,
    "tasks.content": LONGEST_PROSE,
    "tasks.amount": LONGEST_AMOUNT,
    "indicators.target": target.LONGEST,
    "links.duties": 40 * MOST_DUTIES,
    "explanations": LONGEST_EXPLANATION,
}
TEXTS = ("fields", "goals", links.SECTION, "explanations")
_IDENTITY = re.compile(r"[A-Z]\d{1,2}-[0-9a-f]{16}")
_UNDERSTOOD = ("kind", "comparator", "number", "unit")


class DraftEditor:
    """A draft under one save. `put` changes it in memory, `store` writes what was changed and nothing else."""

    def __init__(self, filing: Filing, edition: Edition, stored: Stored) -> None:
        self._filing = filing
        self._edition = edition
        self.stored = stored
        self._nodes = filing.cycle.edition.node_ids()
        self._changed: set[Place] = set()
        # Rows that this save removes: they take no room.
        self.leaving: set[Place] = set()

    def has(self, at: Place) -> bool:
        """Whether the form has such a cell; its row may have been removed."""
        match at.section:
            case "fields":
                return at.key in self._edition.field_keys and not at.column
            case "goals":
                return at.key == "0" and not at.column
            case "amounts":
                return any(line.key == at.key for line in self._edition.lines) and not at.column
            case "duties" | "tasks" | "indicators":
                return bool(at.key) and at.column in ("", *columns_of(at.section, self._edition))
            case links.SECTION:
                return at.key in self.stored.rows["indicators"] and at.column in links.COLUMNS
            case "explanations":
                return bool(_IDENTITY.fullmatch(at.key)) and not at.column and self._can_explain(at)
        return False

    def _can_explain(self, at: Place) -> bool:
        explained = sum(cell.section == at.section for cell in self.stored.cells)
        return at in self.stored.cells or explained < MOST_EXPLANATIONS

    def text(self, at: Place) -> str | None:
        """What stands in a cell now, None when its row is gone."""
        return self.stored.text(at)

    def longest(self, at: Place) -> int:
        """How many characters a cell takes."""
        return LONGEST.get(f"{at.section}.{at.column}" if at.column else at.section, LONGEST_FIELD)

    def takes(self, at: Place, text: str) -> bool:
        """Whether a text is one of those that a cell can hold: a class of the form, a rank; all others take any."""
        if is_row(at):
            return not text or rank.is_rank(text)
        if at.section == links.SECTION:
            return self._takes_link(at, text)
        return at.column != "node" or not text or text in self._nodes

    def _takes_link(self, at: Place, text: str) -> bool:
        known = self._edition.lines if at.column == "money" else self.stored.rows["duties"].values()
        return text in ("", links.NOTHING) or {*text.split()} <= {item.key for item in known}

    def has_room(self, at: Place) -> bool:
        """Whether one more row of this section is allowed."""
        leaving = sum(bool(self.text(row)) for row in self.leaving if row.section == at.section)
        return self.stored.count(at.section) - leaving < MOST[at.section]

    def put(self, at: Place, text: str) -> None:
        """Change a cell, to be written by `store`. A row's own place takes its rank: the row comes, moves or goes."""
        rows = self.stored.rows.get(at.section)
        if rows is None:
            self.stored.cells[at] = text
            self._changed.add(at)
            return
        row = rows.setdefault(at.key, StoredRow(at.key, "", dict.fromkeys(COLUMNS[at.section], "")))
        if at.column:
            row.texts[at.column] = text
        else:
            row.rank = text
        self._changed.add(Place(at.section, at.key))

    def store(self) -> None:
        """Write what was changed: one statement for each kind, none for a kind of which nothing was."""
        by_section: dict[str, list[Place]] = {}
        for at in sorted(self._changed):
            by_section.setdefault("texts" if at.section in TEXTS else at.section, []).append(at)
        for section, places in by_section.items():
            getattr(self, f"_store_{section}")(places)

    def _store_texts(self, places: list[Place]) -> None:
        rows = [DraftText(filing=self._filing, place=str(at), raw=self.stored.cells[at]) for at in places]
        DraftText.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["filing", "place"], update_fields=["raw"]
        )

    def _store_amounts(self, places: list[Place]) -> None:
        texts = [(at.key, self.stored.cells[at]) for at in places]
        rows = [
            BudgetAmount(filing=self._filing, line=line, raw=text, fen=money.parse(text, self._edition.unit).fen)
            for line, text in texts
        ]
        BudgetAmount.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["filing", "line"], update_fields=["raw", "fen"]
        )

    def _store_duties(self, places: list[Place]) -> None:
        found = [self.stored.rows["duties"][at.key] for at in places]
        rows = [Duty(filing=self._filing, key=row.key, rank=row.rank, raw=row.texts["text"]) for row in found]
        Duty.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["filing", "key"], update_fields=["rank", "raw"]
        )

    def _store_indicators(self, places: list[Place]) -> None:
        found = [self.stored.rows["indicators"][at.key] for at in places]
        rows = [self._indicator(row) for row in found]
        Indicator.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["filing", "key"],
            update_fields=["rank", "node", "name", "target", "more", *_UNDERSTOOD],
        )

    def _store_tasks(self, places: list[Place]) -> None:
        found = [self.stored.rows["tasks"][at.key] for at in places]
        rows = [task(self._filing, row.key, row.rank, row.texts, self._edition.unit) for row in found]
        Task.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["filing", "key"], update_fields=["rank", *TASK_COLUMNS, "fen"]
        )

    def _indicator(self, row: StoredRow) -> Indicator:
        indicator = Indicator(
            filing=self._filing,
            key=row.key,
            rank=row.rank,
            node_id=self._nodes.get(row.texts["node"]),
            found_first_level=row.found[0],
            found_second_level=row.found[1],
            name=row.texts["name"],
            target=row.texts["target"],
            more={column: row.texts[column] for column in FURTHER_COLUMNS if row.texts[column]},
        )
        return understood(indicator)


def task(filing: Filing, key: str, rank: str, cells: Mapping[str, str], unit: str) -> Task:
    """A line of the task table, with what its amount was understood to be."""
    texts = {column: cells.get(column, "") for column in TASK_COLUMNS}
    return Task(filing=filing, key=key, rank=rank, fen=money.parse(texts["amount"], unit).fen, **texts)


def understood(row: Indicator) -> Indicator:
    """The same row, with what its target was understood to be."""
    read = target.parse(row.target)
    row.kind = read.kind if read else ""
    row.comparator = (read and read.comparator) or ""
    row.number = (read and read.number) or ""
    row.unit = (read and read.unit) or ""
    return row
