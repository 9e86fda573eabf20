"""Tables that lost their columns, one cell a line: rows of the indicators put together again by the labels in them."""

from collections.abc import Sequence
from dataclasses import replace

from filings.document.edition import Edition
from filings.document.labels import match_key
from filings.table.reading.levels import is_first_level, is_second_level
from filings.table.reading.row_cells import RowCell
from filings.table.reading.vocabulary import HEADS

_FEWEST_HEADS = 3


def is_one_a_line(rows: Sequence[Sequence[RowCell]]) -> bool:
    """Whether no row has more than one cell, and there are enough of them to be a table."""
    return len(rows) > _FEWEST_HEADS and all(len(spots) == 1 for spots in rows)


def regroup(rows: Sequence[Sequence[RowCell]], edition: Edition) -> list[list[RowCell]]:
    """The same cells with the heads of the indicators in one row, and below them a row for each name with its value.

    Rows before the heads, and rows that are too few to have any, stay as they are.
    """
    heads = _heads(rows)
    if heads is None:
        return [list(spots) for spots in rows]
    start, end = heads
    texts = [spots[0] for spots in rows[end:]]
    grouped = [_beside([spots[0] for spots in rows[start:end]])]
    row: list[RowCell] = []
    for spot in texts:
        is_level = is_first_level(spot.text, edition) or is_second_level(spot.text, edition)
        values = [one for one in row if not (is_first_level(one.text, edition) or is_second_level(one.text, edition))]
        if row and (len(values) == 2 or (is_level and values)):
            grouped.append(_beside(row))
            row = []
        row.append(spot)
    grouped += [_beside(row)] if row else []
    return [*([list(spots) for spots in rows[:start]]), *grouped]


def _heads(rows: Sequence[Sequence[RowCell]]) -> tuple[int, int] | None:
    """Where the heads begin and end, None where there are none."""
    known = {match_key(label) for label in HEADS}
    is_head = [match_key(spots[0].text) in known for spots in rows]
    for start in range(len(rows) - _FEWEST_HEADS + 1):
        if all(is_head[start : start + _FEWEST_HEADS]):
            end = next((at for at in range(start, len(rows)) if not is_head[at]), len(rows))
            return start, end
    return None


def _beside(spots: Sequence[RowCell]) -> list[RowCell]:
    """The same cells beside one another, behind the column of the labels."""
    return [replace(spot, column=at, columns=1) for at, spot in enumerate(spots, start=1)]
