"""The tables in a file: which of its cells belong together, and on which form each of them is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from filings.document.edition import Edition
from filings.document.labels import match_key
from filings.document.text import bare
from filings.table.grid import Cell, Grid, Row
from filings.table.reading.free_lines import is_title
from filings.table.reading.read_table import NotATable, Reading, read
from filings.table.reading.result import Leftover
from filings.table.reading.row_cells import LINE
from filings.table.reading.vocabulary import HEADS, SECTIONS

_LABELS = frozenset(map(match_key, SECTIONS))
_HEADS = frozenset(map(match_key, HEADS))
# A row begins a table's content when it holds as many words that such tables have at their left or over their columns.
_ENOUGH = 2
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class FoundTable:
    """One table of a file and what was read of it; `grid` are its cells as they were found."""

    grid: Grid
    reading: Reading

    @property
    def department(self) -> str:
        return self.reading.document.owner


@dataclass(frozen=True)
class FoundTables:
    """All tables of a file, in its order, and the texts that belong to none of them."""

    tables: tuple[FoundTable, ...]
    others: tuple[Leftover, ...]


def find(grids: Sequence[Grid], edition: Edition) -> FoundTables:
    """The tables in the cells of a file, read on a form. Raises NotATable when there is none, with the reason."""
    tables, others = [], []
    reason: NotATable | None = None
    for grid in parted(grids):
        try:
            tables.append(FoundTable(grid, read(grid, edition)))
        except NotATable as refusal:
            reason = reason or refusal
            others += [Leftover(0, text) for text in _texts(grid)]
    if not tables:
        raise reason or NotATable("文件里没有文字。")
    return FoundTables(tuple(tables), tuple(others))


def parted(grids: Sequence[Grid]) -> list[Grid]:
    """The cells of a file as one grid for each table: sheets apart, a table over several pages together.

    A title, or the first label of a table that was met before, begins the next.
    """
    found: list[Grid] = []
    for sheet in _by_sheet(grids):
        rows = _rows(sheet)
        starts = list(_starts(rows))
        if not starts and len(sheet) == 1 and sheet[0].rows:
            found.append(sheet[0])
            continue
        for start, end in pairwise([0, *starts, len(rows)]):
            if start < end:
                found.append(Grid(tuple(_closed(rows[start:end])), name=sheet[0].name))
    return found


def recognise(grid: Grid, editions: Sequence[Edition]) -> Edition:
    """The form that a table is on: the one of whose labels the most are there; of several the first."""
    words = {match_key(text) for text in _texts(grid)}
    words |= {match_key(text.split("：")[0].split(":")[0]) for text in _texts(grid)}
    return max(editions, key=lambda edition: _share(words, edition))


def _share(words: set[str], edition: Edition) -> float:
    labels = [section.label for section in edition.sections]
    labels += [column.label for column in (*edition.columns, *edition.task_columns)]
    labels += [node.label for first in edition.tree for node in (first, *first.children)]
    labels += [line.label for line in edition.lines]
    own = {match_key(label) for label in labels}
    return len(own & words) / len(own)


def _by_sheet(grids: Sequence[Grid]) -> list[list[Grid]]:
    """The grids of one sheet after another; those without a name are of one."""
    sheets: list[list[Grid]] = []
    for grid in grids:
        if sheets and not grid.name and not sheets[-1][0].name:
            sheets[-1].append(grid)
        else:
            sheets.append([grid])
    return sheets


def _rows(sheet: Sequence[Grid]) -> list[Row]:
    """All rows of a sheet. Lines around its tables are rows of one cell; where it has none, they are all there is."""
    kind = LINE if any(grid.rows for grid in sheet) else ""
    rows: list[Row] = []
    for grid in sheet:
        rows += [*(_line(cell, kind) for cell in grid.above), *grid.rows, *(_line(cell, kind) for cell in grid.below)]
    return rows


def _line(cell: Cell, kind: str) -> Row:
    return Row((replace(cell, column=0, columns=1, rows=1),), kind)


def _starts(rows: Sequence[Row]) -> Iterator[int]:
    """Where a further table begins: at a title behind a table's content, or where its first label comes again."""
    begun = False
    first: tuple[str, int] | None = None
    for at, (reaching, row) in enumerate(Grid(tuple(rows)).with_reaching()):
        written = [cell for cell in row.cells if cell.text.strip()]
        texts = [cell.text for cell in written]
        labels = [match_key(text) for text in texts]
        left = (labels[0], written[0].column) if written else None
        # Beside a label that reaches down, it is a text of the table that reads like a title; and what reads like its
        # first label is one only in the same column.
        titled = len(texts) == 1 and not reaching and is_title(texts[0])
        again = left is not None and left == first
        if begun and (titled or again):
            yield at
            begun, first = False, None
        if left and left[0] in _LABELS:
            begun, first = True, first or (left if "名称" in left[0] else None)
        elif sum(label in _HEADS for label in labels) >= _ENOUGH:
            begun = True


def _closed(rows: Sequence[Row]) -> Iterator[Row]:
    """The same rows, no cell reaching down behind the last."""
    for at, row in enumerate(rows):
        yield replace(row, cells=tuple(replace(cell, rows=min(cell.rows, len(rows) - at)) for cell in row.cells))


def _texts(grid: Grid) -> list[str]:
    cells = [*grid.above, *(cell for row in grid.rows for cell in row.cells), *grid.below]
    return [_SPACE.sub(" ", cell.text.strip()) for cell in cells if bare(cell.text)]
