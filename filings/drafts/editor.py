"""Change the cells of a draft in memory and write the changed ones, with one statement per model.

Links of rows and explanations of findings belong to the table's draft and are stored as texts like its fields.
"""

import re
from collections.abc import Callable, Mapping

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
from filings.drafts.stored_draft import COLUMNS, StoredDraft, StoredRow, columns_of, is_row
from filings.models import BudgetAmount, DraftText, Duty, Filing, Indicator, Task

MOST = {"duties": MOST_DUTIES, "tasks": MOST_TASKS, "indicators": MOST_INDICATORS}
LONGEST_EXPLANATION = 1000
MOST_EXPLANATIONS = 400
# Maximum number of characters of a cell, by section and column; LONGEST_FIELD for all others.
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
_FINDING_IDENTITY = re.compile(r"[A-Z]\d{1,2}-[0-9a-f]{16}(?:-[0-9a-f]{12})?")
_PARSED_TARGET = ("kind", "comparator", "number", "unit")


class DraftEditor:
    """The draft during one save. `put` changes it in memory; `store` writes only what was changed."""

    def __init__(self, filing: Filing, edition: Edition, stored: StoredDraft) -> None:
        self._filing = filing
        self._edition = edition
        self.stored = stored
        self._nodes = filing.cycle.edition.node_ids()
        self._changed: set[Place] = set()
        # Rows that the same save removes: they do not count towards the limit.
        self.removed_rows: set[Place] = set()

    @property
    def has_changes(self) -> bool:
        """Whether a cell has been changed in memory."""
        return bool(self._changed)

    def has(self, place: Place) -> bool:
        """Whether the edition has such a cell; its row may have been removed."""
        match place.section:
            case "fields":
                return place.key in self._edition.field_keys and not place.column
            case "goals":
                return place.key == "0" and not place.column
            case "amounts":
                return any(line.key == place.key for line in self._edition.lines) and not place.column
            case "duties" | "tasks" | "indicators":
                return bool(place.key) and place.column in ("", *columns_of(place.section, self._edition))
            case links.SECTION:
                return place.key in self.stored.rows["indicators"] and place.column in links.COLUMNS
            case "explanations":
                return bool(_FINDING_IDENTITY.fullmatch(place.key)) and not place.column and self._can_explain(place)
        return False

    def _can_explain(self, place: Place) -> bool:
        explained = sum(cell.section == place.section for cell in self.stored.cells)
        return place in self.stored.cells or explained < MOST_EXPLANATIONS

    def text(self, place: Place) -> str | None:
        """Return the current text of a cell, None when its row has been removed."""
        return self.stored.text(place)

    def longest(self, place: Place) -> int:
        """Return the maximum number of characters of a cell."""
        return LONGEST.get(f"{place.section}.{place.column}" if place.column else place.section, LONGEST_FIELD)

    def accepts(self, place: Place, text: str) -> bool:
        """Whether a cell can hold the text. Ranks, links and classes are restricted; other cells accept any text."""
        if is_row(place):
            return not text or rank.is_rank(text)
        if place.section == links.SECTION:
            return self._accepts_link(place, text)
        return place.column != "node" or not text or text in self._nodes

    def _accepts_link(self, place: Place, text: str) -> bool:
        known = self._edition.lines if place.column == "money" else self.stored.rows["duties"].values()
        return text in ("", links.NOTHING) or {*text.split()} <= {item.key for item in known}

    def can_add_row(self, section: str) -> bool:
        """Whether the section may have one more row."""
        removed = sum(bool(self.text(row)) for row in self.removed_rows if row.section == section)
        return self.stored.count(section) - removed < MOST[section]

    def put(self, place: Place, text: str) -> None:
        """Change a cell in memory. The text of a row's own place is its rank: it adds, moves or removes the row."""
        rows = self.stored.rows.get(place.section)
        if rows is None:
            self.stored.cells[place] = text
            self._changed.add(place)
            return
        row = rows.setdefault(place.key, StoredRow(place.key, "", dict.fromkeys(COLUMNS[place.section], "")))
        if place.column:
            row.texts[place.column] = text
        else:
            row.rank = text
        self._changed.add(Place(place.section, place.key))

    def store(self) -> None:
        """Write changed cells with one upsert per model."""
        places_by_writer: dict[Writer, list[Place]] = {}
        for place in sorted(self._changed):
            places_by_writer.setdefault(WRITERS[place.section], []).append(place)
        for write, places in places_by_writer.items():
            write(self, places)

    def store_texts(self, places: list[Place]) -> None:
        rows = [DraftText(filing=self._filing, place=str(place), raw=self.stored.cells[place]) for place in places]
        DraftText.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["filing", "place"], update_fields=["raw"]
        )

    def store_amounts(self, places: list[Place]) -> None:
        texts = [(place.key, self.stored.cells[place]) for place in places]
        rows = [
            BudgetAmount(filing=self._filing, line=line, raw=text, fen=money.parse(text, self._edition.unit).fen)
            for line, text in texts
        ]
        BudgetAmount.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["filing", "line"], update_fields=["raw", "fen"]
        )

    def store_duties(self, places: list[Place]) -> None:
        duties = [self.stored.rows["duties"][place.key] for place in places]
        rows = [Duty(filing=self._filing, key=row.key, rank=row.rank, raw=row.texts["text"]) for row in duties]
        Duty.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["filing", "key"], update_fields=["rank", "raw"]
        )

    def store_tasks(self, places: list[Place]) -> None:
        tasks = [self.stored.rows["tasks"][place.key] for place in places]
        rows = [_task(self._filing, row, self._edition.unit) for row in tasks]
        Task.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["filing", "key"], update_fields=["rank", *TASK_COLUMNS, "fen"]
        )

    def store_indicators(self, places: list[Place]) -> None:
        indicators = [self.stored.rows["indicators"][place.key] for place in places]
        rows = [_indicator(self._filing, row, self._nodes) for row in indicators]
        Indicator.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["filing", "key"],
            update_fields=["rank", "node", "name", "target", "more", *_PARSED_TARGET],
        )


Writer = Callable[[DraftEditor, list[Place]], None]

# By section, the method that writes its changed cells or rows.
WRITERS: Mapping[str, Writer] = {
    "fields": DraftEditor.store_texts,
    "goals": DraftEditor.store_texts,
    links.SECTION: DraftEditor.store_texts,
    "explanations": DraftEditor.store_texts,
    "amounts": DraftEditor.store_amounts,
    "duties": DraftEditor.store_duties,
    "tasks": DraftEditor.store_tasks,
    "indicators": DraftEditor.store_indicators,
}


def _task(filing: Filing, row: StoredRow, unit: str) -> Task:
    texts = {column: row.texts.get(column, "") for column in TASK_COLUMNS}
    fen = money.parse(texts["amount"], unit).fen
    return Task(filing=filing, key=row.key, rank=row.rank, fen=fen, **texts)


def _indicator(filing: Filing, row: StoredRow, nodes: Mapping[str, int]) -> Indicator:
    parsed = target.parse(row.texts["target"])
    return Indicator(
        filing=filing,
        key=row.key,
        rank=row.rank,
        node_id=nodes.get(row.texts["node"]),
        found_first_level=row.labels[0],
        found_second_level=row.labels[1],
        name=row.texts["name"],
        target=row.texts["target"],
        more={column: row.texts[column] for column in FURTHER_COLUMNS if row.texts[column]},
        kind=parsed.kind if parsed else "",
        comparator=(parsed and parsed.comparator) or "",
        number=(parsed and parsed.number) or "",
        unit=(parsed and parsed.unit) or "",
    )
