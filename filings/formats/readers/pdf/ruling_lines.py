"""Find the tables of a PDF page by their ruling lines, and the box of a table that contains a point."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pdfplumber.page import Page
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges
from pdfplumber.utils.geometry import filter_edges

from filings.formats.file import CannotRead
from filings.formats.readers.cells import spans
from filings.formats.readers.cells.spans import DeclaredCell
from filings.table.grid import Row

# Points (1/72 inch): rules closer than this are merged, shorter ones ignored.
NEAREST = 3
# A page of 60 rows and 12 columns has 3,000 edges and 800 crossings, which are compared with each other.
MOST_EDGES = 15_000
MOST_CROSSINGS = 3_000
TOO_DENSE = "PDF 第 {page} 页的线条太多，不像表格，未导入。请用原来的 Word 或 Excel 文件。"


@dataclass(frozen=True)
class RuledBox:
    """The rectangle of a cell, in points from the page's top left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class RuledTable:
    """Adjoining boxes in reading order."""

    boxes: tuple[RuledBox, ...]

    @cached_property
    def columns(self) -> list[float]:
        """The edges of the columns, from left to right."""
        return sorted({edge for box in self.boxes for edge in (box.left, box.right)})

    @cached_property
    def rows(self) -> list[float]:
        """The edges of the rows, from top to bottom."""
        return sorted({edge for box in self.boxes for edge in (box.top, box.bottom)})

    @property
    def size(self) -> float:
        """The area of the table's bounding box, in square points."""
        return (self.columns[-1] - self.columns[0]) * (self.rows[-1] - self.rows[0])

    def box_at(self, x: float, y: float) -> RuledBox | None:
        """Return the box that contains a point, if any."""
        return self._box_by_position.get((bisect_right(self.columns, x) - 1, bisect_right(self.rows, y) - 1))

    @cached_property
    def _box_by_position(self) -> dict[tuple[int, int], RuledBox]:
        """Boxes by each column and row that they cover. Raises CannotRead if the table is too large."""
        spans.check_columns(len(self.columns) - 1)
        spans.check_rows(len(self.rows) - 1)
        column, row = _indices(self.columns), _indices(self.rows)
        boxes: dict[tuple[int, int], RuledBox] = {}
        for box in self.boxes:
            for across in range(column[box.left], column[box.right]):
                for down in range(row[box.top], row[box.bottom]):
                    boxes.setdefault((across, down), box)
        return boxes

    def to_rows(self, texts: dict[RuledBox, tuple[str, str]]) -> tuple[Row, ...]:
        """Build rows with spans from the text and warning of each box. Raises CannotRead if the table is too large."""
        column, row = _indices(self.columns), _indices(self.rows)
        declared: list[list[DeclaredCell]] = [[] for _ in pairwise(self.rows)]
        for box in self.boxes:
            text, warning = texts.get(box, ("", ""))
            columns, rows = column[box.right] - column[box.left], row[box.bottom] - row[box.top]
            declared[row[box.top]].append(DeclaredCell(text, columns, rows, column[box.left], warning=warning))
        return spans.resolve_spans(declared, columns=len(self.columns) - 1)


def find_tables(page: Page) -> list[RuledTable]:
    """Find the tables of a page from top to bottom, of at least two boxes. Raises CannotRead for too many rules."""
    edges = [edge for orientation in ("v", "h") for edge in filter_edges(page.edges, orientation, min_length=1)]
    if len(edges) > MOST_EDGES:
        raise CannotRead(TOO_DENSE.format(page=page.page_number))
    edges = filter_edges(merge_edges(edges, NEAREST, NEAREST, NEAREST, NEAREST), min_length=NEAREST)
    vertical = sum(edge["orientation"] == "v" for edge in edges)
    # pdfplumber compares each vertical rule with each horizontal one.
    if vertical * (len(edges) - vertical) > MOST_CROSSINGS * 100:
        raise CannotRead(TOO_DENSE.format(page=page.page_number))
    crossings = edges_to_intersections(edges, NEAREST, NEAREST)
    if len(crossings) > MOST_CROSSINGS:
        raise CannotRead(TOO_DENSE.format(page=page.page_number))
    groups = cells_to_tables(intersections_to_cells(crossings))
    return [
        RuledTable(tuple(sorted((RuledBox(*box) for box in group), key=lambda box: (box.top, box.left))))
        for group in groups
    ]


def _indices(edges: list[float]) -> dict[float, int]:
    return {edge: index for index, edge in enumerate(edges)}
