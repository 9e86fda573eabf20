"""Sections in two halves side by side, of which one is the year's: 中期目标 | 年度目标, 年初设定目标 | 全年完成情况."""

from collections.abc import Sequence

from filings.table.reading.labels import heading_of, section_of
from filings.table.reading.row_cells import RowCell


def is_row_of_halves(cells: Sequence[RowCell]) -> bool:
    """Whether each of several cells names a half, and at least one is not the year's."""
    halves = [_is_year(cell.text) for cell in cells]
    return len(cells) > 1 and None not in halves and False in halves


def is_of_the_year(cell: RowCell, halves: Sequence[RowCell]) -> bool:
    """Whether a cell is below the year's half, or below none."""
    above = [_is_year(half.text) for half in halves if half.overlaps(cell)]
    return not above or True in above


def _is_year(text: str) -> bool | None:
    """Whether a label names the year's half; None for another text."""
    section = section_of(text)
    if section is not None:
        return {"goal": True, "other": False}.get(section[0])
    return False if heading_of(text) == "" else None
