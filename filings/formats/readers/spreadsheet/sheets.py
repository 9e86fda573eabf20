"""Collect the cells of a workbook within limits and build a grid for each sheet, trimmed to its filled part."""

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
class MergedArea:
    """A rectangle of merged cells, zero-based, ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Sheet:
    """A sheet's text and warning by row and column, and its merged areas in the file's order."""

    name: str
    cells: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    areas: list[MergedArea] = field(default_factory=list)

    @property
    def height(self) -> int:
        return max((row for row, _ in self.cells), default=-1) + 1

    @property
    def width(self) -> int:
        return max((column for _, column in self.cells), default=-1) + 1


class SheetCollector:
    """Collects the sheets of a workbook. Its methods raise CannotRead if the workbook exceeds a limit."""

    def __init__(self) -> None:
        self._sheets: list[Sheet] = []
        self._filled_count = 0
        self._characters = 0

    def begin_sheet(self, name: str) -> None:
        """Start a sheet, to which the following cells and merges belong."""
        if len(self._sheets) == MOST_SHEETS:
            raise CannotRead(f"文件里的工作表多于 {MOST_SHEETS} 张，超过上限。{_TRIM}")
        self._sheets.append(Sheet(name))

    def add_cell(self, row: int, column: int, text: str, warning: str = "") -> None:
        """Add a cell (zero-based). Cells with neither text nor warning are ignored."""
        if not text.strip():
            text = ""
        if not text and not warning:
            return
        sheet = self._sheets[-1]
        if row >= MOST_ROWS:
            raise CannotRead(f"工作表“{sheet.name}”到第 {row + 1} 行还有内容，最多能读 {MOST_ROWS} 行。{_TRIM}")
        if column >= MOST_COLUMNS:
            raise CannotRead(f"工作表“{sheet.name}”到第 {column + 1} 列还有内容，最多能读 {MOST_COLUMNS} 列。{_TRIM}")
        self._filled_count += (row, column) not in sheet.cells
        self._characters += len(text)
        if self._filled_count > MOST_CELLS:
            raise CannotRead(f"文件里有内容的单元格多于 {MOST_CELLS} 个，超过上限。{_TRIM}")
        if self._characters > MOST_CHARACTERS:
            raise CannotRead(f"文件里的文字多于 {MOST_CHARACTERS} 字，超过上限。{_TRIM}")
        sheet.cells[row, column] = text, warning

    def add_merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Add a merged area (zero-based, ends included). Invalid areas are accepted here and dropped in `grids`."""
        areas = self._sheets[-1].areas
        if len(areas) < MOST_AREAS:
            areas.append(MergedArea(top, left, bottom, right))

    def grids(self) -> list[Grid]:
        """Build a grid for each sheet that has a filled cell."""
        height = sum(sheet.height for sheet in self._sheets)
        if height > MOST_ROWS:
            raise CannotRead(f"各工作表共有 {height} 行，最多能读 {MOST_ROWS} 行。{_TRIM}")
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


def _merged(sheet: Sheet, height: int, width: int) -> tuple[dict[tuple[int, int], MergedArea], list[int]]:
    """Return the valid merged areas by their top left cell, and for each row the covered columns as a bit mask.

    An area is dropped if it overlaps an earlier one, or if it would hide the text of a cell. Bit masks keep areas of
    the whole sheet cheap.
    """
    filled, taken, covered = [0] * height, [0] * height, [0] * height
    for row, column in sheet.cells:
        filled[row] |= 1 << column
    spans: dict[tuple[int, int], MergedArea] = {}
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


def _hidden(row: int, area: MergedArea, columns: int, first: int) -> int:
    """Return the columns of an area that are hidden in a row: all but the top left cell."""
    return columns & ~first if row == area.top else columns


def _within(areas: list[MergedArea], height: int, width: int) -> Iterator[MergedArea]:
    """Clip areas to the filled part of the sheet; drop invalid ones and those of a single cell."""
    for area in areas:
        cut = MergedArea(area.top, area.left, min(area.bottom, height - 1), min(area.right, width - 1))
        is_valid = 0 <= cut.top <= cut.bottom and 0 <= cut.left <= cut.right
        if is_valid and (cut.top, cut.left) != (cut.bottom, cut.right):
            yield cut
