"""A table of cells with spans, the one shape through which a document passes on its way to and from paper."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from filings.document.place import Place


class Style(StrEnum):
    """What a cell is, for those who draw it."""

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
    """How a row's text goes on with the row above, both ruled as one cell."""

    LINE = "line"
    RUN = "run"


@dataclass(frozen=True)
class Cell:
    """A cell: printed words, then the text that belongs to `place`, then printed words.

    `column` counts from nought; `columns` and `rows` are spans. `continued` marks a label set again on a new page.
    `warning` is what a reader of files says, in Chinese, where a text is not simply what stands in the file.
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
        """Everything that is printed in the cell, （续） aside."""
        return f"{self.before}{self.text}{self.after}"


@dataclass(frozen=True)
class Row:
    """The cells that begin in a row, by column. `is_head` rows are repeated where their section runs over a page."""

    cells: tuple[Cell, ...]
    section: str
    is_head: bool = False
    stays_with_next: bool = False
    join: Join | None = None


@dataclass(frozen=True)
class Grid:
    """The whole table: lines above it (the title first), its rows, lines below it, the columns' widths in per cent.

    `name` is what a file calls it: the name of its sheet.
    """

    rows: tuple[Row, ...]
    above: tuple[Cell, ...] = ()
    below: tuple[Cell, ...] = ()
    widths: tuple[int, ...] = field(default=())
    name: str = ""

    @property
    def signatures(self) -> list[tuple[Cell, ...]]:
        """The lines below the table as they stand on paper: two fields beside each other, any other line alone."""
        lines: list[tuple[Cell, ...]] = []
        for cell in self.below:
            is_second = bool(lines) and len(lines[-1]) == 1 and cell.style is lines[-1][0].style is Style.HEADER
            if is_second:
                lines[-1] = (*lines[-1], cell)
            else:
                lines.append((cell,))
        return lines

    def flow(self) -> Iterator[list[str]]:
        """The rows as a reader meets them: a text for each cell, '' for one that reaches down from above.

        Rows joined to the one above come as more text of its last cell.
        """
        rows: list[list[str]] = []
        for reaching, row in self.with_reaching():
            if row.join and rows:
                glue = "\n" if row.join is Join.LINE else ""
                rows[-1][-1] += glue + row.cells[-1].content
            else:
                cells = [
                    *((cell.column, "") for cell in reaching),
                    *((cell.column, cell.content) for cell in row.cells),
                ]
                rows.append([text for _, text in sorted(cells)])
        return iter(rows)

    def with_reaching(self) -> Iterator[tuple[tuple[Cell, ...], Row]]:
        """Each row with the cells that reach down into it from rows above."""
        open_cells: list[tuple[Cell, int]] = []
        for row in self.rows:
            yield tuple(cell for cell, _ in open_cells), row
            beginning = [(cell, cell.rows) for cell in row.cells]
            open_cells = [(cell, left - 1) for cell, left in [*open_cells, *beginning] if left > 1]
