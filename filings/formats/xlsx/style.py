"""Fonts, alignment, borders and row heights of the workbook, in points unless noted.

Excel does not fit the height of merged cells, so heights are estimated here with the widths of the print font,
generously, because Excel prints text wider or narrower than it shows it.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from math import ceil

from openpyxl.styles import Alignment, Border, Font, Side

from filings.formats.pdf.row_heights import count_lines
from filings.table.grid import Cell, Grid, Style

SONG = "宋体"
BODY, TITLE_SIZE = 10.5, 22
# Excel's own limit is 409 points.
TALLEST_ROW = 400.0
# The width between the margins of A4, a little reduced, so that Excel never scales the page down.
SIDE_MARGIN_MM, END_MARGIN_MM = 18, 20
_TABLE_WIDTH = (210 - 2 * SIDE_MARGIN_MM) * 72 / 25.4 - 6
# Excel's unit of column width is a digit of the workbook's default font, 11 point Song: 8 pixels.
_WIDTH_UNIT = 8 * 0.75

_LINE = 1.44
_PADDING = 6.0
_SIDES = 6.0
# Blank space above the seal and the date of an opinion.
_OPINION_SPACE = 40.0
# Lines break earlier on some machines than on others.
_RESERVE = 0.95
_MEASURED_FONT = 14.0

_FONTS = {
    Style.TITLE: Font(name=SONG, size=TITLE_SIZE, bold=True),
    Style.HEADER: Font(name=SONG, size=12),
}
_BODY_FONT = Font(name=SONG, size=BODY)
_LEFT = frozenset({Style.HEADER, Style.AMOUNT, Style.SPLIT, Style.PROSE})
_THIN = Side(style="thin", color="FF000000")
_OPEN = Side()


def font(style: Style) -> Font:
    return _FONTS.get(style, _BODY_FONT)


def alignment(style: Style) -> Alignment:
    """Align as on paper: prose and money left, seal and date at the lower right, all else centred; all text wraps."""
    if style is Style.OPINION:
        return Alignment(horizontal="right", vertical="bottom", wrap_text=True, indent=3)
    return Alignment(horizontal="left" if style in _LEFT else "center", vertical="center", wrap_text=True)


def border(*, joined: bool, is_continued: bool) -> Border:
    """Return a thin border, open at the top if joined to the row above, at the bottom if continued below."""
    return Border(left=_THIN, right=_THIN, top=_OPEN if joined else _THIN, bottom=_OPEN if is_continued else _THIN)


def column_widths(grid: Grid) -> list[float]:
    """Return the column widths in Excel's unit."""
    return [_points(width) / _WIDTH_UNIT for width in grid.widths]


def fits(text: str, style: Style, widths: Sequence[int]) -> bool:
    """Check whether a text fits on one line in columns of these widths, in per cent of the table's width."""
    cell = Cell(text, style=style)
    return _height(cell, _points(sum(widths))) <= _height(cell, float("inf"))


def line_height(cell: Cell) -> float:
    """Return the height of a line above or below the table, including the space under it."""
    return _height(cell, _TABLE_WIDTH) + (14 if cell.style is Style.TITLE else 4)


def signature_height(cell: Cell) -> float:
    """Return the height of one of two lines printed side by side."""
    return _height(cell, _TABLE_WIDTH / 2 * _RESERVE) + 4


def row_heights(grid: Grid) -> list[list[float]]:
    """Return the heights of the sheet rows for each row of the grid: several where one would exceed TALLEST_ROW."""
    heights = [0.0] * len(grid.rows)
    for rows in sorted({cell.rows for row in grid.rows for cell in row.cells}):
        for first, cell in _cells(grid, rows):
            covered = slice(first, first + rows)
            missing = _height(cell, _width(cell, grid)) - sum(heights[covered])
            if missing > 0:
                heights[covered] = [height + missing / rows for height in heights[covered]]
    return [_split(height) for height in heights]


def _cells(grid: Grid, rows: int) -> Iterator[tuple[int, Cell]]:
    """Yield the cells that span `rows` rows, each with the index of its first row."""
    return ((index, cell) for index, row in enumerate(grid.rows) for cell in row.cells if cell.rows == rows)


def _split(height: float) -> list[float]:
    number = max(1, ceil(height / TALLEST_ROW))
    bounds = (round(height * part / number * 4) / 4 for part in range(number + 1))
    return [end - start for start, end in pairwise(bounds)]


def _width(cell: Cell, grid: Grid) -> float:
    ends = list(accumulate(map(_points, grid.widths), initial=0.0))
    return ends[cell.column + cell.columns] - ends[cell.column]


def _points(per_cent: int) -> float:
    return _TABLE_WIDTH * per_cent / 100


def _height(cell: Cell, width: float) -> float:
    size = float(font(cell.style).size)
    line_width = max((width - _SIDES) * _RESERVE, size) * _MEASURED_FONT / size
    lines = sum(count_lines(line, line_width) for line in cell.content.split("\n"))
    return lines * size * _LINE + _PADDING + (_OPINION_SPACE if cell.style is Style.OPINION else 0)
