"""Find the columns of a list by their labels and return its rows as texts by column."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from filings.document.text import bare, symbols
from filings.formats.list_workbook import MOST_ROWS, InvalidWorkbook, WorkbookSheet

ROWS_SEARCHED = 30
_BRACKETS = re.compile(r"[（(].*?[）)]")


@dataclass(frozen=True)
class ListColumn:
    """A column: its key, its labels in order of preference, and its greatest length."""

    key: str
    labels: tuple[str, ...]
    longest: int
    is_required: bool = False

    @property
    def label(self) -> str:
        return self.labels[0]


@dataclass(frozen=True)
class ListRow:
    """A row of a list. `number` is that of the sheet, one-based; `texts` has a text for each column of the file."""

    number: int
    texts: Mapping[str, str]


@dataclass(frozen=True)
class ListTable:
    """The rows of a list, and the keys of the columns that the file has. A missing column leaves stored values."""

    sheet: str
    columns: frozenset[str]
    rows: tuple[ListRow, ...]


def find_list(sheets: Iterable[WorkbookSheet], columns: Sequence[ListColumn]) -> ListTable:
    """Read the first sheet that has all required columns.

    Raises InvalidWorkbook if no sheet has them, if there is no row, or if there are too many.
    """
    for sheet in sheets:
        for index, cells in enumerate(sheet.rows[:ROWS_SEARCHED]):
            positions = _positions(cells, columns)
            if all(column.key in positions for column in columns if column.is_required):
                return _table(sheet, index, positions)
    required = "、".join(f"「{column.label}」" for column in columns if column.is_required)
    raise InvalidWorkbook(f"未找到表头：第一行要有{required}几列，列名请按样板填写。")


def too_long(row: ListRow, columns: Iterable[ListColumn]) -> list[str]:
    """Return a sentence for each text that is longer than its column allows."""
    return [
        f"「{column.label}」有 {len(text)} 个字，最多 {column.longest} 个。"
        for column in columns
        if len(text := row.texts.get(column.key, "")) > column.longest
    ]


def missing(row: ListRow, columns: Iterable[ListColumn]) -> list[str]:
    """Return a sentence for each required text that is blank."""
    return [f"没有填「{column.label}」。" for column in columns if column.is_required and not row.texts[column.key]]


def _positions(cells: Sequence[str], columns: Iterable[ListColumn]) -> dict[str, int]:
    labels = [_BRACKETS.sub("", bare(symbols(cell))).strip("*：:") for cell in cells]
    found = ((column.key, next((label for label in column.labels if label in labels), None)) for column in columns)
    return {key: labels.index(label) for key, label in found if label is not None}


def _table(sheet: WorkbookSheet, header: int, positions: Mapping[str, int]) -> ListTable:
    if sheet.is_cut:
        raise InvalidWorkbook(f"工作表「{sheet.name}」超过 {MOST_ROWS} 行，未读取。请分成几个文件导入。")
    rows = tuple(_rows(sheet.rows[header + 1 :], header + 2, positions))
    if not rows:
        raise InvalidWorkbook(f"工作表「{sheet.name}」的表头下面没有内容。")
    return ListTable(sheet.name, frozenset(positions), rows)


def _rows(rows: Iterable[Sequence[str]], first: int, positions: Mapping[str, int]) -> Iterator[ListRow]:
    for number, cells in enumerate(rows, start=first):
        texts = {key: cells[column] if column < len(cells) else "" for key, column in positions.items()}
        if any(texts.values()):
            yield ListRow(number, texts)
