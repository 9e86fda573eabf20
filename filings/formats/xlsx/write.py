"""Writes the table as an Excel workbook: real merged cells, ruled and ready to print on A4, every cell plain text."""

from dataclasses import replace
from datetime import datetime
from itertools import accumulate, pairwise

from openpyxl.worksheet.worksheet import Worksheet

from filings.formats.xlsx import parts, style
from filings.formats.xlsx.parts import CellRange
from filings.table.grid import Cell, Grid, Join, Row, Style
from filings.table.reading.row_cells import RUNS_ON


def write(grid: Grid, *, made_at: datetime) -> bytes:
    """The workbook. The same input gives the same bytes; `made_at` is the date that the file carries.

    Raises CannotPrint for a cell longer than Excel can hold.
    """
    workbook = parts.begin(grid)
    sheet = workbook.worksheets[0]
    for cell in grid.above:
        _line(sheet, cell, grid)
    _table(sheet, grid)
    for cells in grid.signatures:
        _signatures(sheet, cells, grid)
    parts.prepare_print(sheet, grid)
    title = next((cell.content for cell in grid.above if cell.style is Style.TITLE), "")
    return parts.frozen(workbook, title=title, made_at=made_at)


def _line(sheet: Worksheet, cell: Cell, grid: Grid) -> None:
    """A line above or below the table, as wide as the table and without rules."""
    row = parts.last_row(sheet) + 1
    sheet.row_dimensions[row].height = style.line_height(cell)
    parts.put(sheet, cell, CellRange(row, row, 1, max(1, len(grid.widths))))


def _signatures(sheet: Worksheet, cells: tuple[Cell, ...], grid: Grid) -> None:
    """One line below the table, or two beside each other: the second begins at the column nearest to the middle."""
    ends = list(accumulate(grid.widths))
    if len(cells) == 1 or len(ends) == 1:
        for cell in cells:
            _line(sheet, cell, grid)
        return
    left = min(range(1, len(ends)), key=lambda at: abs(ends[at - 1] - ends[-1] / 2))
    row = parts.last_row(sheet) + 1
    halves = ((1, left), (left + 1, len(ends)))
    sheet.row_dimensions[row].height = max(style.signature_height(cell) for cell in cells)
    for cell, (first, last) in zip(cells, halves, strict=True):
        parts.put(sheet, cell, CellRange(row, row, first, last))


def _table(sheet: Worksheet, grid: Grid) -> None:
    above = parts.last_row(sheet)
    heights = style.row_heights(grid)
    starts = list(accumulate(map(len, heights), initial=above + 1))
    for number, height in enumerate((part for parts_of_row in heights for part in parts_of_row), start=above + 1):
        sheet.row_dimensions[number].height = height
    goes_on = [bool(below.join) for _, below in pairwise(grid.rows)] + [False]
    for at, row in enumerate(grid.rows):
        for cell in _beginning(row):
            left = cell.column + 1
            box = CellRange(starts[at], starts[at + cell.rows] - 1, left, left + cell.columns - 1)
            parts.put(sheet, cell, box)
            is_prose = cell.style is Style.PROSE
            parts.rule(sheet, box, joined=is_prose and bool(row.join), goes_on=is_prose and goes_on[at])


def _beginning(row: Row) -> tuple[Cell, ...]:
    """The cells of a row; of one that goes on in the middle of a text, with the mark by which it is put together."""
    if row.join is not Join.RUN:
        return row.cells
    *others, last = row.cells
    return (*others, replace(last, before=f"{RUNS_ON}{last.before}"))
