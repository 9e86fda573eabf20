"""How the workbook looks: fonts, alignment, rules, and how tall its rows must be. In points unless said otherwise.

Excel fits no merged cell by itself and prints wider or narrower than it shows, so heights are reckoned generously.
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
# What A4 leaves between the margins, a little narrower than it is, so that nothing is scaled down.
SIDE_MARGIN_MM, END_MARGIN_MM = 18, 20
_TABLE_WIDTH = (210 - 2 * SIDE_MARGIN_MM) * 72 / 25.4 - 6
# A unit of column width is a digit of the workbook's own font, 11 point Song: 8 pixels.
_WIDTH_UNIT = 8 * 0.75

_LINE = 1.44
_PADDING = 6.0
_SIDES = 6.0
# Above the seal and the date of an opinion.
_ROOM_TO_WRITE = 40.0
# Lines break earlier on one machine than on another.
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
    """As on paper: prose and money to the left, a seal and its date at the lower right, everything else in the middle;
    every text wraps."""
    if style is Style.OPINION:
        return Alignment(horizontal="right", vertical="bottom", wrap_text=True, indent=3)
    return Alignment(horizontal="left" if style in _LEFT else "center", vertical="center", wrap_text=True)


def border(*, joined: bool, goes_on: bool) -> Border:
    """Closed all round, but open where a row's text goes on with the row above or below."""
    return Border(left=_THIN, right=_THIN, top=_OPEN if joined else _THIN, bottom=_OPEN if goes_on else _THIN)


def column_widths(grid: Grid) -> list[float]:
    """In Excel's units."""
    return [_points(width) / _WIDTH_UNIT for width in grid.widths]


def fits(text: str, style: Style, widths: Sequence[int]) -> bool:
    """Whether a text stands on one line in columns of these widths, in per cent of the table's."""
    cell = Cell(text, style=style)
    return _height(cell, _points(sum(widths))) <= _height(cell, float("inf"))


def line_height(cell: Cell) -> float:
    """The height of a line above or below the table, as wide as the table, with some air under it."""
    return _height(cell, _TABLE_WIDTH) + (14 if cell.style is Style.TITLE else 4)


def signature_height(cell: Cell) -> float:
    """The same for one of two lines that stand beside each other."""
    return _height(cell, _TABLE_WIDTH / 2 * _RESERVE) + 4


def row_heights(grid: Grid) -> list[list[float]]:
    """For each row of the grid the heights of its rows in the sheet: one, or several where one would be too tall."""
    heights = [0.0] * len(grid.rows)
    for rows in sorted({cell.rows for row in grid.rows for cell in row.cells}):
        for at, cell in _cells(grid, rows):
            lacking = _height(cell, _width(cell, grid)) - sum(heights[at : at + rows])
            if lacking > 0:
                heights[at : at + rows] = [height + lacking / rows for height in heights[at : at + rows]]
    return [_parts(height) for height in heights]


def _cells(grid: Grid, rows: int) -> Iterator[tuple[int, Cell]]:
    return ((at, cell) for at, row in enumerate(grid.rows) for cell in row.cells if cell.rows == rows)


def _parts(height: float) -> list[float]:
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
    room = max((width - _SIDES) * _RESERVE, size) * _MEASURED_FONT / size
    lines = sum(count_lines(line, room) for line in cell.content.split("\n"))
    return lines * size * _LINE + _PADDING + (_ROOM_TO_WRITE if cell.style is Style.OPINION else 0)
