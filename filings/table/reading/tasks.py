"""Reading rows of the task table by its column heads."""

from collections.abc import Sequence

from filings.document import money, place
from filings.document.content import TaskRow
from filings.document.edition import Edition
from filings.document.text import bare
from filings.table.reading.column_heads import Heads
from filings.table.reading.result import Found
from filings.table.reading.row_cells import RowCell, filled, nonempty_or_flagged


class TaskReader:
    """Takes the rows below the heads of the tasks into what was found."""

    def __init__(self, edition: Edition, found: Found) -> None:
        self._edition = edition
        self._found = found
        self._heads: Heads | None = None

    def begin(self, heads: Heads) -> None:
        """Column heads, the first ones or those set again on a new page."""
        self._heads = heads

    def read(self, spots: Sequence[RowCell]) -> None:
        """The cells of one row, the section's label aside."""
        columns = [column.key for column in self._edition.task_columns]
        by_key: dict[str, list[RowCell]] = {}
        others = filled(spots)
        if self._heads and columns:
            by_key, others = self._heads.parted(spots)
            others += [spot for key in by_key if key not in columns for spot in filled(by_key[key])]
        for spot in others:
            self._found.leave_out(spot)
        texts = {key: "\n".join(spot.text for spot in filled(by_key.get(key, ()))) for key in columns}
        if any(map(bare, texts.values())):
            self._add(texts, by_key)

    def _add(self, texts: dict[str, str], by_key: dict[str, list[RowCell]]) -> None:
        key = self._found.key_after(self._found.tasks)
        warning = ""
        stated = self._found.unit
        if stated not in ("", self._edition.unit) and money.parse(texts["amount"]).text[-1:].isdigit():
            texts["amount"] = f"{texts['amount'].strip()}{stated}"
            warning = f"表中写明单位是{stated}，已按{stated}读入。"
        self._found.tasks.append(TaskRow(key, texts))
        for column in texts:
            spot = next(iter(nonempty_or_flagged(by_key.get(column, ()))), None)
            if spot:
                self._found.came_from(place.task(key, column), spot, warning if column == "amount" else "")
