"""Lay out the table for offline filling: blank rows are added, and every cell is either printed text or an input.

On paper label and amount share a cell; here each has its own, so that typing an amount cannot destroy the label.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate

from filings.document.content import DutyRow, FilingDocument, IndicatorRow, TaskRow
from filings.document.edition import Edition
from filings.formats.xlsx import style
from filings.table.grid import Cell, Grid, Row, Style
from filings.table.layout.document import lay_out

# A column and the one after the last.
ColumnSpan = tuple[int, int]

LINES = "lines"
HINT = "请在浅黄色单元格中填写，保存后回到系统上传。填写方法见「填写说明」。"
# The label's share of the width of an amount's cell.
_LABEL_SHARE = 0.62
_BLANK_KEY = re.compile(r"\+[0-9]{1,4}")


def is_input(cell: Cell) -> bool:
    """Check whether officers fill in a cell. Labels of classes have places too, for remarks, but are printed text."""
    return cell.place is not None and cell.place.section != "nodes"


def is_money(cell: Cell) -> bool:
    """Check whether a cell is an input for an amount."""
    place = cell.place
    return place is not None and (place.section == "amounts" or (place.section, place.column) == ("tasks", "amount"))


def is_blank_row(key: str) -> bool:
    """Check whether a row's key belongs to a blank row of the workbook form instead of a row of the filing."""
    return _BLANK_KEY.fullmatch(key) is not None


def with_blank_rows(document: FilingDocument, edition: Edition, count: int) -> FilingDocument:
    """Add `count` blank duties and tasks, and `count` blank indicators in each class of the edition."""
    keys = (f"+{number}" for number in range(1, 10_000))
    nodes = [second.key for _, second in edition.leaves() for _ in range(count)]
    duties = (DutyRow(next(keys), "") for _ in range(count))
    indicators = (IndicatorRow(next(keys), node, "", "", "", "") for node in nodes)
    tasks = (TaskRow(next(keys), {}) for _ in range(count))
    return replace(
        document,
        duties=(*document.duties, *duties),
        goals=document.goals or ("",),
        indicators=(*document.indicators, *indicators),
        tasks=(*document.tasks, *tasks),
    )


def lay_out_workbook_form(document: FilingDocument, edition: Edition) -> Grid:
    """Lay out the sheet, with a hint as its first row.

    The lines above and below the table are rows of the grid too, and no cell has text before or after its own.
    """
    grid = lay_out(document, edition, whole_texts=True, whole_targets=True)
    unit = f"（单位：{edition.unit}）"
    widths, rows = _split_narrow_columns(grid)
    amounts = _figure_columns(widths, [cell for row in rows for cell in row.cells if is_money(cell) and cell.before])
    table = [replace(row, cells=_split_cells(row.cells, widths, amounts, unit), join=None) for row in rows]
    above, below = (_lines(cells, widths) for cells in (grid.above, grid.below))
    hint = Row((Cell(HINT, columns=len(widths), style=Style.HEADER),), LINES)
    return Grid((hint, *above, *table, *below), widths=widths, name=grid.name)


def _split_narrow_columns(grid: Grid) -> tuple[tuple[int, ...], list[Row]]:
    """Split each column that holds label and amount in one cell; return the new widths and rows."""
    cells = (cell for row in grid.rows for cell in row.cells)
    narrow = {cell.column for cell in cells if is_money(cell) and cell.before and cell.columns == 1}
    widths: list[int] = []
    starts = []
    for column, width in enumerate(grid.widths):
        starts.append(len(widths))
        label = round(width * _LABEL_SHARE)
        widths += [label, width - label] if column in narrow else [width]
    starts.append(len(widths))
    return tuple(widths), [replace(row, cells=tuple(_renumbered(row.cells, starts))) for row in grid.rows]


def _renumbered(cells: Iterable[Cell], starts: list[int]) -> Iterator[Cell]:
    for cell in cells:
        start, end = starts[cell.column], starts[cell.column + cell.columns]
        yield replace(cell, column=start, columns=end - start)


def _figure_columns(widths: tuple[int, ...], cells: list[Cell]) -> dict[int, ColumnSpan]:
    """Choose the columns of the figures by the first column of their cells, so that figures align vertically."""
    ends = list(accumulate(widths, initial=0))
    spans = {}
    for start in {cell.column for cell in cells}:
        end = start + min(cell.columns for cell in cells if cell.column == start)
        wanted = ends[start] + (ends[end] - ends[start]) * _LABEL_SHARE
        spans[start] = min(range(start + 1, end), key=lambda column: abs(ends[column] - wanted)), end
    return spans


def _split_cells(
    cells: Iterable[Cell], widths: tuple[int, ...], amounts: dict[int, ColumnSpan], unit: str
) -> tuple[Cell, ...]:
    """Split cells into printed text and inputs."""
    split: list[Cell] = []
    for cell in cells:
        if not is_input(cell):
            split.append(replace(cell, text=cell.content, before="", after="", place=None))
        elif is_money(cell) and cell.before:
            split += _amount(cell, amounts[cell.column], unit)
        elif is_money(cell):
            split.append(replace(cell, after=""))
        else:
            split += _labelled(cell, widths)
    return tuple(split)


def _amount(cell: Cell, figures: ColumnSpan, unit: str) -> Iterator[Cell]:
    """Yield label and figure; the row of the total is wider than the others and has the unit after them."""
    start, end = figures
    yield _printed(cell, cell.before, cell.column, start)
    yield _input(cell, start, end)
    if end < cell.column + cell.columns:
        yield _printed(cell, unit, end, cell.column + cell.columns)


def _labelled(cell: Cell, widths: tuple[int, ...]) -> Iterator[Cell]:
    """Yield printed text in as many columns as it needs on either side, and an input in the columns between."""
    start, end = cell.column, cell.column + cell.columns
    left = start + _columns_needed(cell.before, cell.style, widths[start : end - 1])
    right = end - _columns_needed(cell.after, cell.style, widths[left + 1 : end][::-1])
    if cell.before:
        yield _printed(cell, cell.before, start, left)
    yield _input(cell, left, right)
    if cell.after:
        yield _printed(cell, cell.after, right, end)


def _columns_needed(text: str, cell_style: Style, widths: tuple[int, ...]) -> int:
    """Count the columns that hold a text on one line; all of them if they are too narrow."""
    if not text:
        return 0
    return next((count for count in range(1, len(widths)) if style.fits(text, cell_style, widths[:count])), len(widths))


def _input(cell: Cell, start: int, end: int) -> Cell:
    return replace(cell, before="", after="", column=start, columns=end - start)


def _printed(cell: Cell, text: str, start: int, end: int) -> Cell:
    return replace(cell, text=text, before="", after="", column=start, columns=end - start, place=None)


def _lines(cells: Iterable[Cell], widths: tuple[int, ...]) -> Iterator[Row]:
    for cell in cells:
        whole = replace(cell, column=0, columns=len(widths))
        yield Row(_split_cells((whole,), widths, {}, ""), LINES)
