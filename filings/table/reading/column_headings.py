"""Recognise the column headings of the indicator and task sections."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from filings.document.edition import Column, Edition
from filings.document.labels import match_key
from filings.table.reading.labels import heading_of, normal_label
from filings.table.reading.row_cells import RowCell, filled
from filings.table.reading.vocabulary import TASK_HEADINGS

# Names the third level where no other heading does, otherwise the section.
_NAME = "绩效指标"
LEVELS = ("first_level", "second_level", "name")


@dataclass(frozen=True)
class ColumnHeadings:
    """A row of column headings, each with its column key.

    The key is '' for a column that the edition does not use. `empty` are cells without a heading; `end` is the grid
    column after the last cell. `is_own`: all are worded as the edition's own.
    """

    columns: tuple[tuple[RowCell, str], ...]
    empty: tuple[RowCell, ...]
    end: int
    is_own: bool = False

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(key for _, key in self.columns)

    def fits(self, cells: Sequence[RowCell]) -> bool:
        """Whether a row is as wide as the headings and has no text below an empty heading cell."""
        nonempty = filled(cells)
        is_as_wide = max((cell.end for cell in cells), default=0) == self.end
        return is_as_wide and not any(cell.overlaps(empty) for cell in nonempty for empty in self.empty)

    def with_subheadings(self, cells: Sequence[RowCell], edition: Edition) -> "ColumnHeadings | None":
        """Replace headings by those of the row below that divide them (指标值 into 上年值 | 年度指标值).

        Returns None if the row is not one of subheadings.
        """
        nonempty = filled(cells)
        own = _by_label(edition.columns)
        keys = [own.get(match_key(cell.text), heading_of(cell.text)) for cell in nonempty]
        divided = [next((heading for heading, _ in self.columns if heading.overlaps(cell)), None) for cell in nonempty]
        if not nonempty or None in keys or None in divided:
            return None
        kept = [(heading, key) for heading, key in self.columns if heading not in divided]
        below = [(cell, key or "") for cell, key in zip(nonempty, keys, strict=True)]
        return replace(self, columns=(*kept, *below))

    def group_cells(self, cells: Sequence[RowCell]) -> tuple[dict[str, list[RowCell]], list[RowCell]]:
        """Group a row's cells by the key of the heading above them; return the others separately."""
        by_key: dict[str, list[RowCell]] = {}
        others = []
        for cell in cells:
            key = next((key for heading, key in self.columns if heading.overlaps(cell)), None)
            if key:
                by_key.setdefault(key, []).append(cell)
            elif cell.is_filled:
                others.append(cell)
        return by_key, others


def find_indicator_headings(cells: Sequence[RowCell], edition: Edition) -> ColumnHeadings | None:
    """Recognise a row of indicator headings: at least one of a level and one of a name or target. None otherwise."""
    own = _by_label(edition.columns)

    def key_of(text: str) -> str | None:
        return own.get(match_key(text), heading_of(text))

    headings = _find(cells, key_of)
    if headings and "name" not in headings.keys and "target" in headings.keys:
        headings = _find(cells, lambda text: "name" if normal_label(text) == _NAME else key_of(text))
    if headings is None:
        return None
    headings = replace(headings, is_own=all(match_key(cell.text) in own for cell, _ in headings.columns))
    is_complete = headings.keys & {"first_level", "second_level"} and headings.keys & {"name", "target"}
    return headings if is_complete else None


def find_task_headings(cells: Sequence[RowCell], edition: Edition) -> ColumnHeadings | None:
    """Recognise a row of task headings: a name and an amount. None otherwise."""
    own = _by_label(edition.task_columns)
    known = {match_key(label): key for label, key in TASK_HEADINGS.items()} | own
    headings = _find(cells, lambda text: known.get(match_key(text)))
    return headings if headings and {"name", "amount"} <= headings.keys else None


def _by_label(columns: Sequence[Column]) -> dict[str, str]:
    return {match_key(column.label): column.key for column in columns}


def _find(cells: Sequence[RowCell], key_of: Callable[[str], str | None]) -> ColumnHeadings | None:
    nonempty = filled(cells)
    if len(nonempty) < 2:
        return None
    named = [(cell, key) for cell in nonempty if (key := key_of(cell.text)) is not None]
    if any(_is_symbol(cell, key) for cell, key in named):
        # In a table with a column of symbols, 指标性质 and 指标方向 are not comparators.
        named = [(cell, "" if key == "comparator" and not _is_symbol(cell, key) else key) for cell, key in named]
    columns: list[tuple[RowCell, str]] = []
    for cell, key in named:
        columns.append((cell, "" if any(key == other for _, other in columns) else key))
    # The section's label and unknown headings may be among them; too many other texts mean a row of content.
    if len(columns) < 2 or len(nonempty) - len(columns) > len(columns):
        return None
    empty = (cell for cell in cells if not cell.is_filled and not cell.is_spanning)
    return ColumnHeadings(tuple(columns), tuple(empty), max(cell.end for cell in cells))


def _is_symbol(cell: RowCell, key: str) -> bool:
    return key == "comparator" and normal_label(cell.text).endswith("符号")
