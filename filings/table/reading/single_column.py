"""Restore the indicator rows of tables that lost their columns (one cell per line), by the labels in them."""

from collections.abc import Sequence
from dataclasses import replace

from filings.document.edition import Edition
from filings.table.reading.labels import heading_of
from filings.table.reading.levels import is_first_level, is_second_level
from filings.table.reading.row_cells import RowCell

_MIN_HEADINGS = 3


def has_single_column(rows: Sequence[Sequence[RowCell]]) -> bool:
    """Whether every row has exactly one cell, and there are enough rows for a table."""
    return len(rows) > _MIN_HEADINGS and all(len(cells) == 1 for cells in rows)


def regroup(rows: Sequence[Sequence[RowCell]], edition: Edition) -> list[list[RowCell]]:
    """Arrange the cells as a row of indicator headings with a row below for each name and its value.

    Rows before the headings are unchanged, and so are all rows if there are no headings.
    """
    headings = _find_headings(rows)
    if headings is None:
        return [list(cells) for cells in rows]
    start, end = headings
    grouped = [_as_row([cells[0] for cells in rows[start:end]])]
    row: list[RowCell] = []
    for (cell,) in rows[end:]:
        values = [other for other in row if not _is_level(other, edition)]
        if row and (len(values) == 2 or (_is_level(cell, edition) and values)):
            grouped.append(_as_row(row))
            row = []
        row.append(cell)
    grouped += [_as_row(row)] if row else []
    return [*(list(cells) for cells in rows[:start]), *grouped]


def _is_level(cell: RowCell, edition: Edition) -> bool:
    return is_first_level(cell.text, edition) or is_second_level(cell.text, edition)


def _find_headings(rows: Sequence[Sequence[RowCell]]) -> tuple[int, int] | None:
    """Find the rows with the headings, as (start, end); None if there are none."""
    is_heading = [heading_of(cells[0].text) is not None for cells in rows]
    for start in range(len(rows) - _MIN_HEADINGS + 1):
        if all(is_heading[start : start + _MIN_HEADINGS]):
            end = next((index for index in range(start, len(rows)) if not is_heading[index]), len(rows))
            return start, end
    return None


def _as_row(cells: Sequence[RowCell]) -> list[RowCell]:
    """Place cells in consecutive columns of one row, after the section's label column."""
    return [replace(cell, column=column, columns=1) for column, cell in enumerate(cells, start=1)]
