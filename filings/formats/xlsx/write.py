"""Write the table as an Excel workbook: merged cells with borders, ready to print on A4, every cell plain text."""

from dataclasses import replace
from datetime import datetime
from itertools import accumulate, pairwise

from openpyxl.worksheet.worksheet import Worksheet

from filings.formats.xlsx import parts, style
from filings.formats.xlsx.parts import CellRange
from filings.table.grid import Cell, Grid, Join, Row, Style
from filings.table.reading.row_cells import RUNS_ON


def write(grid: Grid, *, made_at: datetime) -> bytes:
    """Write the workbook. The same input gives the same bytes; `made_at` is the date stored in the file.

    Raises CannotPrint for a cell longer than Excel can hold.
    """
    workbook = parts.new_workbook(grid)
    sheet = workbook.worksheets[0]
    for cell in grid.above:
        _line(sheet, cell, grid)
    _table(sheet, grid)
    for cells in grid.signatures:
        _signatures(sheet, cells, grid)
    parts.prepare_print(sheet, grid)
    title = next((cell.content for cell in grid.above if cell.style is Style.TITLE), "")
    return parts.save(workbook, title=title, made_at=made_at)


def _line(sheet: Worksheet, cell: Cell, grid: Grid) -> None:
    """Write a line above or below the table, as wide as the table and without borders."""
    row = parts.last_row(sheet) + 1
    sheet.row_dimensions[row].height = style.line_height(cell)
    parts.write_cell(sheet, cell, CellRange(row, row, 1, max(1, len(grid.widths))))


def _signatures(sheet: Worksheet, cells: tuple[Cell, ...], grid: Grid) -> None:
    """Write one line below the table, or two side by side, parted at the column nearest to the middle."""
    ends = list(accumulate(grid.widths))
    if len(cells) == 1 or len(ends) == 1:
        for cell in cells:
            _line(sheet, cell, grid)
        return
    left = min(range(1, len(ends)), key=lambda columns: abs(ends[columns - 1] - ends[-1] / 2))
    row = parts.last_row(sheet) + 1
    halves = ((1, left), (left + 1, len(ends)))
    sheet.row_dimensions[row].height = max(style.signature_height(cell) for cell in cells)
    for cell, (first, last) in zip(cells, halves, strict=True):
        parts.write_cell(sheet, cell, CellRange(row, row, first, last))


def _table(sheet: Worksheet, grid: Grid) -> None:
    above = parts.last_row(sheet)
    heights = style.row_heights(grid)
    starts = list(accumulate(map(len, heights), initial=above + 1))
    for number, height in enumerate((height for row_heights in heights for height in row_heights), start=above + 1):
        sheet.row_dimensions[number].height = height
    is_continued = [bool(below.join) for _, below in pairwise(grid.rows)] + [False]
    for index, row in enumerate(grid.rows):
        for cell in _with_continuation_mark(row):
            left = cell.column + 1
            box = CellRange(starts[index], starts[index + cell.rows] - 1, left, left + cell.columns - 1)
            parts.write_cell(sheet, cell, box)
            is_prose = cell.style is Style.PROSE
            joined = is_prose and bool(row.join)
            parts.draw_border(sheet, box, joined=joined, is_continued=is_prose and is_continued[index])


def _with_continuation_mark(row: Row) -> tuple[Cell, ...]:
    """Return the cells of a row; text continued in mid-sentence gets the mark by which the reader rejoins it."""
    if row.join is not Join.RUN:
        return row.cells
    *others, last = row.cells
    return (*others, replace(last, before=f"{RUNS_ON}{last.before}"))
