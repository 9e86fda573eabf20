"""Read the rows of the task section by its column headings."""

from collections.abc import Sequence

from filings.document import money, place
from filings.document.content import TaskRow
from filings.document.edition import Edition
from filings.document.text import bare
from filings.table.reading.column_headings import ColumnHeadings
from filings.table.reading.result import ReadingBuilder
from filings.table.reading.row_cells import RowCell, filled, nonempty_or_flagged


class TaskReader:
    """Read the rows below the task headings into a reading."""

    def __init__(self, edition: Edition, result: ReadingBuilder) -> None:
        self._edition = edition
        self._result = result
        self._headings: ColumnHeadings | None = None

    def begin(self, headings: ColumnHeadings) -> None:
        """Use these column headings: the first ones, or those repeated on a new page."""
        self._headings = headings

    def read(self, cells: Sequence[RowCell]) -> None:
        """Read one row without the section's label."""
        columns = [column.key for column in self._edition.task_columns]
        by_key: dict[str, list[RowCell]] = {}
        others = filled(cells)
        if self._headings and columns:
            by_key, others = self._headings.group_cells(cells)
            others += [cell for key in by_key if key not in columns for cell in filled(by_key[key])]
        for cell in others:
            self._result.add_leftover(cell)
        texts = {key: "\n".join(cell.text for cell in filled(by_key.get(key, ()))) for key in columns}
        if any(map(bare, texts.values())):
            self._add(texts, by_key)

    def _add(self, texts: dict[str, str], by_key: dict[str, list[RowCell]]) -> None:
        key = self._result.next_key(self._result.tasks)
        warning = ""
        stated = self._result.unit
        if stated not in ("", self._edition.unit) and money.parse(texts["amount"]).text[-1:].isdigit():
            texts["amount"] = f"{texts['amount'].strip()}{stated}"
            warning = f"表中写明单位是{stated}，已按{stated}读入。"
        self._result.tasks.append(TaskRow(key, texts))
        for column in texts:
            cell = next(iter(nonempty_or_flagged(by_key.get(column, ()))), None)
            if cell:
                self._result.add_origin(place.task(key, column), cell, warning if column == "amount" else "")
