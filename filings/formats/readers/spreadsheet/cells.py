"""What a workbook holds, collected within limits and made into grids: merged cells, empty rows and columns cut off."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from filings.formats.file import CannotRead
from filings.table.grid import Cell, Grid, Row

MOST_ROWS = 3_000
MOST_COLUMNS = 100
MOST_CELLS = 20_000
MOST_CHARACTERS = 5_000_000
MOST_SHEETS = 200
MOST_AREAS = 10_000

_TRIM = "请只留要导入的表，删去多余的行、列和工作表，另存后再导入。"


@dataclass(frozen=True)
class Area:
    """A rectangle of merged cells, counted from nought, ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Sheet:
    """A sheet's filled cells by row and column, and its merged areas in the file's order."""

    name: str
    cells: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    areas: list[Area] = field(default_factory=list)

    @property
    def height(self) -> int:
        return max((row for row, _ in self.cells), default=-1) + 1

    @property
    def width(self) -> int:
        return max((column for _, column in self.cells), default=-1) + 1


class Collection:
    """The sheets of a workbook as they are read. Everything raises CannotRead where the workbook is too large."""

    def __init__(self) -> None:
        self._sheets: list[Sheet] = []
        self._filled = 0
        self._characters = 0

    def begin(self, name: str) -> None:
        """What is put from now on stands on this sheet."""
        if len(self._sheets) == MOST_SHEETS:
            raise CannotRead(f"文件里的工作表多于 {MOST_SHEETS} 张，超过上限。{_TRIM}")
        self._sheets.append(Sheet(name))

    def put(self, row: int, column: int, text: str, warning: str = "") -> None:
        """A cell, counted from nought. One in which nothing is to be seen and nothing to be said is none."""
        if not text.strip():
            text = ""
        if not text and not warning:
            return
        sheet = self._sheets[-1]
        if row >= MOST_ROWS:
            raise CannotRead(f"工作表“{sheet.name}”到第 {row + 1} 行还有内容，最多能读 {MOST_ROWS} 行。{_TRIM}")
        if column >= MOST_COLUMNS:
            raise CannotRead(f"工作表“{sheet.name}”到第 {column + 1} 列还有内容，最多能读 {MOST_COLUMNS} 列。{_TRIM}")
        self._filled += (row, column) not in sheet.cells
        self._characters += len(text)
        if self._filled > MOST_CELLS:
            raise CannotRead(f"文件里有内容的单元格多于 {MOST_CELLS} 个，超过上限。{_TRIM}")
        if self._characters > MOST_CHARACTERS:
            raise CannotRead(f"文件里的文字多于 {MOST_CHARACTERS} 字，超过上限。{_TRIM}")
        sheet.cells[row, column] = text, warning

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """A merged area of the sheet, whatever its corners are worth."""
        areas = self._sheets[-1].areas
        if len(areas) < MOST_AREAS:
            areas.append(Area(top, left, bottom, right))

    def grids(self) -> list[Grid]:
        """A grid for each sheet that has anything in it."""
        height = sum(sheet.height for sheet in self._sheets)
        if height > MOST_ROWS:
            raise CannotRead(f"各工作表一共有 {height} 行，最多能读 {MOST_ROWS} 行。{_TRIM}")
        return [_grid(sheet) for sheet in self._sheets if sheet.cells]


def _grid(sheet: Sheet) -> Grid:
    height, width = sheet.height, sheet.width
    spans, covered = _merged(sheet, height, width)
    empty = [Cell("", column) for column in range(width)]
    rows = []
    for row in range(height):
        cells = []
        for column in range(width):
            if covered[row] >> column & 1:
                continue
            text, warning = sheet.cells.get((row, column), ("", ""))
            area = spans.get((row, column))
            if area:
                size = area.right - column + 1, area.bottom - row + 1
                cells.append(Cell(text, column, *size, warning=warning))
            else:
                cells.append(Cell(text, column, warning=warning) if text or warning else empty[column])
        rows.append(Row(tuple(cells), ""))
    return Grid(tuple(rows), name=sheet.name)


def _merged(sheet: Sheet, height: int, width: int) -> tuple[dict[tuple[int, int], Area], list[int]]:
    """The merged areas by their first spot, and for each row the columns hidden under them, as the bits of a number.

    First come, first served: an area that touches one before it falls away, and so does one under which a text
    would be lost.
    """
    filled, taken, covered = [0] * height, [0] * height, [0] * height
    for row, column in sheet.cells:
        filled[row] |= 1 << column
    spans: dict[tuple[int, int], Area] = {}
    for area in _within(sheet.areas, height, width):
        rows = range(area.top, area.bottom + 1)
        first, columns = 1 << area.left, (1 << area.right + 1) - (1 << area.left)
        if any(taken[row] & columns or filled[row] & _hidden(row, area, columns, first) for row in rows):
            continue
        spans[area.top, area.left] = area
        for row in rows:
            taken[row] |= columns
            covered[row] |= _hidden(row, area, columns, first)
    return spans, covered


def _hidden(row: int, area: Area, columns: int, first: int) -> int:
    return columns & ~first if row == area.top else columns


def _within(areas: list[Area], height: int, width: int) -> Iterator[Area]:
    """The areas as far as they lie on the filled part of the sheet, without those of one spot."""
    for area in areas:
        cut = Area(area.top, area.left, min(area.bottom, height - 1), min(area.right, width - 1))
        is_there = 0 <= cut.top <= cut.bottom and 0 <= cut.left <= cut.right
        if is_there and (cut.top, cut.left) != (cut.bottom, cut.right):
            yield cut
