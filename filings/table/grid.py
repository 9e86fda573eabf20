"""A table of cells with spans: the intermediate form between a document and every file format."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from filings.document.place import Place


class Style(StrEnum):
    """Role of a cell in the table, from which writers choose its look."""

    TITLE = "title"
    HEADER = "header"
    LABEL = "label"
    HEAD = "head"
    LEVEL = "level"
    FIELD = "field"
    AMOUNT = "amount"
    SPLIT = "split"
    PROSE = "prose"
    NAME = "name"
    TARGET = "target"
    MORE = "more"
    OPINION = "opinion"


class Join(StrEnum):
    """How a row continues the text of the row above (both are drawn as one cell): on a new line, or directly."""

    LINE = "line"
    RUN = "run"


@dataclass(frozen=True)
class Cell:
    """A table cell: printed text `before`, the text of `place`, printed text `after`.

    `column` is zero-based; `columns` and `rows` are spans. `continued` marks a label repeated on a new page.
    `warning` is a file reader's Chinese message where the text is not exactly what the file contains.
    """

    text: str
    column: int = 0
    columns: int = 1
    rows: int = 1
    style: Style = Style.FIELD
    place: Place | None = None
    before: str = ""
    after: str = ""
    continued: bool = False
    warning: str = ""

    @property
    def content(self) -> str:
        """All printed text of the cell, except the （续） of a repeated label."""
        return f"{self.before}{self.text}{self.after}"


@dataclass(frozen=True)
class Row:
    """The cells that begin in a row, by column. Rows with `is_head` are repeated if their section runs over a page."""

    cells: tuple[Cell, ...]
    section: str
    is_head: bool = False
    stays_with_next: bool = False
    join: Join | None = None


@dataclass(frozen=True)
class Grid:
    """A whole table: lines above it (title first), its rows, lines below it, and column widths in per cent.

    `name` is the name of the sheet that it was read from.
    """

    rows: tuple[Row, ...]
    above: tuple[Cell, ...] = ()
    below: tuple[Cell, ...] = ()
    widths: tuple[int, ...] = field(default=())
    name: str = ""

    @property
    def signatures(self) -> list[tuple[Cell, ...]]:
        """Group the cells below the table into printed lines: two fields to a line, any other cell on its own."""
        lines: list[tuple[Cell, ...]] = []
        for cell in self.below:
            is_second = bool(lines) and len(lines[-1]) == 1 and cell.style is lines[-1][0].style is Style.HEADER
            if is_second:
                lines[-1] = (*lines[-1], cell)
            else:
                lines.append((cell,))
        return lines

    def flow(self) -> Iterator[list[str]]:
        """Yield the text of each cell by row; '' for a cell that spans from a row above.

        The text of joined rows is appended to the last cell of the row above.
        """
        rows: list[list[str]] = []
        for spanning, row in self.rows_with_spanning():
            if row.join and rows:
                glue = "\n" if row.join is Join.LINE else ""
                rows[-1][-1] += glue + row.cells[-1].content
            else:
                cells = [
                    *((cell.column, "") for cell in spanning),
                    *((cell.column, cell.content) for cell in row.cells),
                ]
                rows.append([text for _, text in sorted(cells)])
        return iter(rows)

    def rows_with_spanning(self) -> Iterator[tuple[tuple[Cell, ...], Row]]:
        """Yield each row with the cells that span into it from rows above."""
        open_cells: list[tuple[Cell, int]] = []
        for row in self.rows:
            yield tuple(cell for cell, _ in open_cells), row
            beginning = [(cell, cell.rows) for cell in row.cells]
            open_cells = [(cell, remaining - 1) for cell, remaining in [*open_cells, *beginning] if remaining > 1]
