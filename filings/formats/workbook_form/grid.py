"""The table as it is filled in offline: blank rows to write in, and every cell either printed words or an input.

On paper label and amount share a cell; here each has its own, so that nobody who types an amount destroys a label.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate

from filings.document.content import DutyRow, FilingDocument, IndicatorRow, TaskRow
from filings.document.edition import Edition
from filings.formats.xlsx import style as look
from filings.table.grid import Cell, Grid, Row, Style
from filings.table.layout.document import lay_out

# A column and the one after the last.
Reach = tuple[int, int]

LINES = "lines"
HINT = "请在浅黄色的格子里填写，填好保存后回到系统里上传。怎么写，见「填写说明」。"
# How much of an amount's cell its label gets.
_LABEL_SHARE = 0.62
_BLANK_KEY = re.compile(r"\+[0-9]{1,4}")


def is_input(cell: Cell) -> bool:
    """Whether a person writes in a cell. Labels of classes have places too, for remarks, and are printed words."""
    return cell.place is not None and cell.place.section != "nodes"


def is_money(cell: Cell) -> bool:
    """Whether a cell is an input for an amount."""
    at = cell.place
    return at is not None and (at.section == "amounts" or (at.section, at.column) == ("tasks", "amount"))


def is_blank_row(key: str) -> bool:
    """Whether a row's key is that of a blank row of the form, not of a row of the filing."""
    return _BLANK_KEY.fullmatch(key) is not None


def with_blank_rows(document: FilingDocument, edition: Edition, count: int) -> FilingDocument:
    """The document with so many blank duties and tasks, and so many blank indicators in each class of the form."""
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


def lay_out_form(document: FilingDocument, edition: Edition) -> Grid:
    """The grid of the sheet, a hint first: all lines are rows of it, no cell has words before or after its text."""
    grid = lay_out(document, edition, whole_texts=True, whole_targets=True)
    unit = f"（单位：{edition.unit}）"
    widths, rows = _with_room(grid)
    amounts = _amounts(widths, [cell for row in rows for cell in row.cells if is_money(cell) and cell.before])
    divided = [replace(row, cells=_divided(row.cells, widths, amounts, unit), join=None) for row in rows]
    above, below = (_lines(cells, widths) for cells in (grid.above, grid.below))
    hint = Row((Cell(HINT, columns=len(widths), style=Style.HEADER),), LINES)
    return Grid((hint, *above, *divided, *below), widths=widths, name=grid.name)


def _with_room(grid: Grid) -> tuple[tuple[int, ...], list[Row]]:
    """Widths and rows with those columns cut in two that hold label and amount in one."""
    cells = (cell for row in grid.rows for cell in row.cells)
    narrow = {cell.column for cell in cells if is_money(cell) and cell.before and cell.columns == 1}
    widths: list[int] = []
    starts = []
    for column, width in enumerate(grid.widths):
        starts.append(len(widths))
        label = round(width * _LABEL_SHARE)
        widths += [label, width - label] if column in narrow else [width]
    starts.append(len(widths))
    return tuple(widths), [replace(row, cells=tuple(_moved(row.cells, starts))) for row in grid.rows]


def _moved(cells: Iterable[Cell], starts: list[int]) -> Iterator[Cell]:
    for cell in cells:
        start, end = starts[cell.column], starts[cell.column + cell.columns]
        yield replace(cell, column=start, columns=end - start)


def _amounts(widths: tuple[int, ...], cells: list[Cell]) -> dict[int, Reach]:
    """For each column where amounts' cells begin, where the figures stand: in line, below each other."""
    ends = list(accumulate(widths, initial=0))
    found = {}
    for start in {cell.column for cell in cells}:
        end = start + min(cell.columns for cell in cells if cell.column == start)
        wanted = ends[start] + (ends[end] - ends[start]) * _LABEL_SHARE
        found[start] = min(range(start + 1, end), key=lambda column: abs(ends[column] - wanted)), end
    return found


def _divided(cells: Iterable[Cell], widths: tuple[int, ...], amounts: dict[int, Reach], unit: str) -> tuple[Cell, ...]:
    divided: list[Cell] = []
    for cell in cells:
        if not is_input(cell):
            divided.append(replace(cell, text=cell.content, before="", after="", place=None))
        elif is_money(cell) and cell.before:
            divided += _amount(cell, amounts[cell.column], unit)
        elif is_money(cell):
            divided.append(replace(cell, after=""))
        else:
            divided += _labelled(cell, widths)
    return tuple(divided)


def _amount(cell: Cell, figures: Reach, unit: str) -> Iterator[Cell]:
    """Label and figure; the total's row, wider than the others, tells the unit behind them."""
    start, end = figures
    yield _words(cell, cell.before, cell.column, start)
    yield _input(cell, start, end)
    if end < cell.column + cell.columns:
        yield _words(cell, unit, end, cell.column + cell.columns)


def _labelled(cell: Cell, widths: tuple[int, ...]) -> Iterator[Cell]:
    """Words in as many columns as they need at either side, and what is between them for the text."""
    start, end = cell.column, cell.column + cell.columns
    left = start + _needed(cell.before, cell.style, widths[start : end - 1])
    right = end - _needed(cell.after, cell.style, widths[left + 1 : end][::-1])
    if cell.before:
        yield _words(cell, cell.before, start, left)
    yield _input(cell, left, right)
    if cell.after:
        yield _words(cell, cell.after, right, end)


def _needed(words: str, style: Style, widths: tuple[int, ...]) -> int:
    """How many of the columns take words on one line: all, where they are too narrow."""
    if not words:
        return 0
    return next((n for n in range(1, len(widths)) if look.fits(words, style, widths[:n])), len(widths))


def _input(cell: Cell, start: int, end: int) -> Cell:
    return replace(cell, before="", after="", column=start, columns=end - start)


def _words(cell: Cell, words: str, start: int, end: int) -> Cell:
    return replace(cell, text=words, before="", after="", column=start, columns=end - start, place=None)


def _lines(cells: Iterable[Cell], widths: tuple[int, ...]) -> Iterator[Row]:
    for cell in cells:
        whole = replace(cell, column=0, columns=len(widths))
        yield Row(_divided((whole,), widths, {}, ""), LINES)
