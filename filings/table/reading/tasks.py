"""Reading rows of the task table by its column heads."""

from collections.abc import Sequence

from filings.document import money, place
from filings.document.content import Task
from filings.document.edition import Edition
from filings.document.text import bare
from filings.table.reading.column_heads import Heads
from filings.table.reading.result import Found
from filings.table.reading.row_cells import Spot, filled, told


class TaskReader:
    """Takes the rows below the heads of the tasks into what was found."""

    def __init__(self, edition: Edition, found: Found) -> None:
        self._edition = edition
        self._found = found
        self._heads: Heads | None = None

    def begin(self, heads: Heads) -> None:
        """Column heads, the first ones or those set again on a new page."""
        self._heads = heads

    def read(self, spots: Sequence[Spot]) -> None:
        """The cells of one row, the section's label aside."""
        columns = [column.key for column in self._edition.task_columns]
        by_key: dict[str, list[Spot]] = {}
        others = filled(spots)
        if self._heads and columns:
            by_key, others = self._heads.parted(spots)
            others += [spot for key in by_key if key not in columns for spot in filled(by_key[key])]
        for spot in others:
            self._found.leave_out(spot)
        texts = {key: "\n".join(spot.text for spot in filled(by_key.get(key, ()))) for key in columns}
        if any(map(bare, texts.values())):
            self._add(texts, by_key)

    def _add(self, texts: dict[str, str], by_key: dict[str, list[Spot]]) -> None:
        key = self._found.key_after(self._found.tasks)
        doubt = ""
        stated = self._found.unit
        if stated not in ("", self._edition.unit) and money.parse(texts["amount"]).text[-1:].isdigit():
            texts["amount"] = f"{texts['amount'].strip()}{stated}"
            doubt = f"表中写明单位是{stated}，已按{stated}读入。"
        self._found.tasks.append(Task(key, texts))
        for column in texts:
            spot = next(iter(told(by_key.get(column, ()))), None)
            if spot:
                self._found.came_from(place.task(key, column), spot, doubt if column == "amount" else "")
