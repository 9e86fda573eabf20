"""Write the table as an Excel workbook: merged cells with borders, ready to print on A4, every cell plain text."""

from dataclasses import replace
from datetime import datetime
from itertools import accumulate, chain

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from filings.formats.xlsx import pages, parts, style
from filings.formats.xlsx.parts import CellRange
from filings.table.grid import Cell, Grid, Join, Row, Style
from filings.table.marks import NO_MARKS, Marks
from filings.table.reading.row_cells import RUNS_ON

_MARK_FONT = Font(name=style.SONG, size=12, bold=True, color="FFA61B1B")


def write(grid: Grid, *, made_at: datetime, marks: Marks = NO_MARKS) -> bytes:
    """Write the workbook. The same input gives the same bytes; `made_at` is the date stored in the file.

    Marks are shown in rows above the table and printed at the top and foot of each page. Raises CannotPrint for a cell
    longer than Excel can hold.
    """
    workbook = parts.new_workbook(grid)
    sheet = workbook.worksheets[0]
    for text in marks.lines:
        _line(sheet, Cell(text, style=Style.HEADER), grid).font = _MARK_FONT
    for cell in grid.above:
        _line(sheet, cell, grid)
    if grid.rows:
        _table(sheet, grid)
    for cells in grid.signatures:
        _signatures(sheet, cells, grid)
    parts.prepare_print(sheet, grid, first_row=1 + len(marks.lines), marks=marks)
    title = next((cell.content for cell in grid.above if cell.style is Style.TITLE), "")
    return parts.save(workbook, title=title, made_at=made_at)


def _line(sheet: Worksheet, cell: Cell, grid: Grid) -> SheetCell:
    """Write a line above or below the table, as wide as the table and without borders."""
    row = parts.last_row(sheet) + 1
    sheet.row_dimensions[row].height = style.line_height(cell)
    return parts.write_cell(sheet, cell, CellRange(row, row, 1, max(1, len(grid.widths))))


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
    divided = pages.divide(grid, _height_above(grid), _height_below(grid))
    first_rows = list(accumulate(map(len, divided.heights), initial=above + 1))
    for number, height in enumerate(chain.from_iterable(divided.heights), start=above + 1):
        sheet.row_dimensions[number].height = height
    is_joined = [bool(row.join) and index not in divided.starts for index, row in enumerate(grid.rows)]
    for index, (row, is_continued) in enumerate(zip(divided.rows, [*is_joined[1:], False], strict=True)):
        for cell in _with_continuation_mark(row):
            left = cell.column + 1
            box = CellRange(first_rows[index], first_rows[index + cell.rows] - 1, left, left + cell.columns - 1)
            parts.write_cell(sheet, cell, box)
            is_prose = cell.style is Style.PROSE
            parts.draw_border(sheet, box, joined=is_prose and is_joined[index], is_continued=is_prose and is_continued)
    pages.add_breaks(sheet, grid, divided.starts, first_rows)


def _height_above(grid: Grid) -> float:
    return sum(style.line_height(cell) for cell in grid.above)


def _height_below(grid: Grid) -> float:
    return sum(max(style.line_height(cell) for cell in cells) for cells in grid.signatures)


def _with_continuation_mark(row: Row) -> tuple[Cell, ...]:
    """Return the cells of a row; text continued in mid-sentence gets the mark by which the reader rejoins it."""
    if row.join is not Join.RUN:
        return row.cells
    *others, last = row.cells
    return (*others, replace(last, before=f"{RUNS_ON}{last.before}"))
