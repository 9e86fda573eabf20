"""Find the tables in a file: split its cells into tables, read each, and recognise their editions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from filings.document.edition import Edition
from filings.document.labels import match_key
from filings.document.text import bare
from filings.table.grid import Cell, Grid, Row
from filings.table.reading.free_lines import is_title
from filings.table.reading.labels import heading_of, section_of
from filings.table.reading.read_table import NotATable, Reading, read_table
from filings.table.reading.result import Leftover
from filings.table.reading.row_cells import LINE

# A row with at least this many column headings begins the content of a table.
_MIN_HEADINGS = 2
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class FoundTable:
    """A table of a file: its cells as found, and the reading."""

    grid: Grid
    reading: Reading

    @property
    def department(self) -> str:
        return self.reading.document.owner


@dataclass(frozen=True)
class FoundTables:
    """All tables of a file in order, and the texts outside them."""

    tables: tuple[FoundTable, ...]
    others: tuple[Leftover, ...]


def find_tables(grids: Sequence[Grid], edition: Edition) -> FoundTables:
    """Read every table in a file's grids by an edition. Raises NotATable, with the first reason, if all fail."""
    tables, others = [], []
    reason: NotATable | None = None
    for grid in split_tables(grids):
        try:
            tables.append(FoundTable(grid, read_table(grid, edition)))
        except NotATable as refusal:
            reason = reason or refusal
            others += [Leftover(0, text) for text in _texts(grid)]
    if not tables:
        raise reason or NotATable("文件里没有文字。")
    return FoundTables(tuple(tables), tuple(others))


def split_tables(grids: Sequence[Grid]) -> list[Grid]:
    """Divide a file's cells into one grid per table. Sheets are separate; a table over several pages is one grid.

    A title below the content of a table begins the next one, and so does a repetition of the table's first label.
    """
    tables: list[Grid] = []
    for sheet in _by_sheet(grids):
        rows = _rows(sheet)
        starts = list(_starts(rows))
        if not starts and len(sheet) == 1 and sheet[0].rows:
            tables.append(sheet[0])
            continue
        for start, end in pairwise([0, *starts, len(rows)]):
            if start < end:
                tables.append(Grid(tuple(_closed(rows[start:end])), name=sheet[0].name))
    return tables


def recognise_edition(grid: Grid, editions: Sequence[Edition]) -> Edition:
    """Choose the edition by which most of a table is read, then the one with most of its labels, then the first."""
    labels = {match_key(text) for text in _texts(grid)}
    labels |= {match_key(text.split("：")[0].split(":")[0]) for text in _texts(grid)}
    return max(editions, key=lambda edition: (_read_by(grid, edition), _share(labels, edition)))


def _read_by(grid: Grid, edition: Edition) -> float:
    """Count the texts that an edition has a place for, less those that are left over or to be checked."""
    try:
        reading = read_table(grid, edition)
    except NotATable:
        return -1.0
    document = reading.document
    placed = [*document.fields.values(), *document.amounts.values(), *document.goals]
    placed += [row.text for row in document.duties] + [text for row in document.tasks for text in row.cells.values()]
    placed += [
        text for row in document.indicators for text in (row.name, row.target, row.node, *row.more.values()) if text
    ]
    return sum(map(bool, placed)) - len(reading.leftovers) - len(reading.warnings) / 2


def _share(labels: set[str], edition: Edition) -> float:
    own = [section.label for section in edition.sections]
    own += [column.label for column in (*edition.columns, *edition.task_columns)]
    own += [node.label for first in edition.tree for node in (first, *first.children)]
    own += [line.label for line in edition.lines]
    keys = set(map(match_key, own))
    return len(keys & labels) / len(keys)


def _by_sheet(grids: Sequence[Grid]) -> list[list[Grid]]:
    """Group grids by sheet; consecutive grids without a name are one sheet."""
    sheets: list[list[Grid]] = []
    for grid in grids:
        if sheets and not grid.name and not sheets[-1][0].name:
            sheets[-1].append(grid)
        else:
            sheets.append([grid])
    return sheets


def _rows(sheet: Sequence[Grid]) -> list[Row]:
    """List all rows of a sheet. Lines above and below its tables become rows of one cell.

    Those rows are marked as lines only in a sheet with tables; in one without, the lines are its only rows.
    """
    kind = LINE if any(grid.rows for grid in sheet) else ""
    rows: list[Row] = []
    for grid in sheet:
        rows += [*(_line(cell, kind) for cell in grid.above), *grid.rows, *(_line(cell, kind) for cell in grid.below)]
    return rows


def _line(cell: Cell, kind: str) -> Row:
    return Row((replace(cell, column=0, columns=1, rows=1),), kind)


def _starts(rows: Sequence[Row]) -> Iterator[int]:
    """Yield the rows that begin a further table: a title below a table's content, or its first label repeated."""
    begun = False
    first: tuple[str, int] | None = None
    for index, (spanning, row) in enumerate(Grid(tuple(rows)).rows_with_spanning()):
        written = [cell for cell in row.cells if cell.text.strip()]
        texts = [cell.text for cell in written]
        labels = [match_key(text) for text in texts]
        leading = (labels[0], written[0].column) if written else None
        # Next to a label that spans into the row, a text that reads like a title belongs to the table. A repeated
        # first label counts only in the same column.
        is_titled = len(texts) == 1 and not spanning and is_title(texts[0])
        is_repeated = leading is not None and leading == first
        if begun and (is_titled or is_repeated):
            yield index
            begun, first = False, None
        if leading and section_of(texts[0]):
            begun, first = True, first or (leading if "名称" in leading[0] else None)
        elif sum(heading_of(text) is not None for text in texts) >= _MIN_HEADINGS:
            begun = True


def _closed(rows: Sequence[Row]) -> Iterator[Row]:
    """Shorten the cells that span beyond the last row."""
    for index, row in enumerate(rows):
        yield replace(row, cells=tuple(replace(cell, rows=min(cell.rows, len(rows) - index)) for cell in row.cells))


def _texts(grid: Grid) -> list[str]:
    cells = [*grid.above, *(cell for row in grid.rows for cell in row.cells), *grid.below]
    return [_SPACE.sub(" ", cell.text.strip()) for cell in cells if bare(cell.text)]
