"""The tables of a printed page by their rules: boxes, and in which of them a point lies."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pdfplumber.page import Page
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges
from pdfplumber.utils.geometry import filter_edges

from filings.formats.file import CannotRead
from filings.formats.readers.cells import spans
from filings.formats.readers.cells.spans import Declared
from filings.table.grid import Row

# Points, of 1/72 inch: rules nearer than this are one, shorter ones are none.
NEAREST = 3
# A page of 60 rows and 12 columns has 3,000 edges, and 800 crossings that are then compared with each other.
MOST_EDGES = 15_000
MOST_CROSSINGS = 3_000
TOO_DENSE = "PDF 第 {page} 页的线条太多，不像表格，没有导入。请用原来的 Word 或 Excel 文件。"


@dataclass(frozen=True)
class RuledBox:
    """A cell's rules, in points from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class RuledTable:
    """Boxes that touch, in reading order."""

    boxes: tuple[RuledBox, ...]

    @cached_property
    def columns(self) -> list[float]:
        """Where a column begins or ends."""
        return sorted({edge for box in self.boxes for edge in (box.left, box.right)})

    @cached_property
    def rows(self) -> list[float]:
        """Where a row begins or ends."""
        return sorted({edge for box in self.boxes for edge in (box.top, box.bottom)})

    @property
    def size(self) -> float:
        """The area from the first rule to the last."""
        return (self.columns[-1] - self.columns[0]) * (self.rows[-1] - self.rows[0])

    def box_at(self, x: float, y: float) -> RuledBox | None:
        """The box in which a point lies."""
        return self._spots.get((bisect_right(self.columns, x) - 1, bisect_right(self.rows, y) - 1))

    @cached_property
    def _spots(self) -> dict[tuple[int, int], RuledBox]:
        spans.check_columns(len(self.columns) - 1)
        spans.check_rows(len(self.rows) - 1)
        column, row = ({edge: at for at, edge in enumerate(edges)} for edges in (self.columns, self.rows))
        spots: dict[tuple[int, int], RuledBox] = {}
        for box in self.boxes:
            for across in range(column[box.left], column[box.right]):
                for down in range(row[box.top], row[box.bottom]):
                    spots.setdefault((across, down), box)
        return spots

    def lay(self, texts: dict[RuledBox, tuple[str, str]]) -> tuple[Row, ...]:
        """The rows with their spans, from the text and the warning of each box. Raises CannotRead for too many."""
        column, row = ({edge: at for at, edge in enumerate(edges)} for edges in (self.columns, self.rows))
        laid: list[list[Declared]] = [[] for _ in pairwise(self.rows)]
        for box in self.boxes:
            text, warning = texts.get(box, ("", ""))
            columns, rows = column[box.right] - column[box.left], row[box.bottom] - row[box.top]
            laid[row[box.top]].append(Declared(text, columns, rows, column[box.left], warning=warning))
        return spans.lay(laid, columns=len(self.columns) - 1)


def tables(page: Page) -> list[RuledTable]:
    """The tables of a page from its top, of two boxes at least. Raises CannotRead for more rules than tables have."""
    edges = [edge for way in ("v", "h") for edge in filter_edges(page.edges, way, min_length=1)]
    if len(edges) > MOST_EDGES:
        raise CannotRead(TOO_DENSE.format(page=page.page_number))
    edges = filter_edges(merge_edges(edges, NEAREST, NEAREST, NEAREST, NEAREST), min_length=NEAREST)
    upright = sum(edge["orientation"] == "v" for edge in edges)
    # Each upright rule is compared with each level one.
    if upright * (len(edges) - upright) > MOST_CROSSINGS * 100:
        raise CannotRead(TOO_DENSE.format(page=page.page_number))
    crossings = edges_to_intersections(edges, NEAREST, NEAREST)
    if len(crossings) > MOST_CROSSINGS:
        raise CannotRead(TOO_DENSE.format(page=page.page_number))
    groups = cells_to_tables(intersections_to_cells(crossings))
    return [
        RuledTable(tuple(sorted((RuledBox(*box) for box in group), key=lambda box: (box.top, box.left))))
        for group in groups
    ]
