"""Collect the tables of a document in reading order: nested tables follow the outer one, with text lines in between.

A cell that contains tables keeps its own text, which is also repeated as lines above and below those tables. A table
without any other text is only a frame around nested tables and is left out.
"""

from dataclasses import dataclass, field, replace

from filings.formats.file import CannotRead
from filings.formats.readers.cells.spans import (
    DeclaredCell,
    Merge,
    check_columns,
    check_rows,
    join_merged,
    resolve_spans,
)
from filings.table.grid import Cell, Grid

MOST_FILLED = 20_000
MOST_DEPTH = 20


@dataclass
class _OpenCell:
    declared: DeclaredCell
    texts: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    # Since the start of the cell, or since the last table in it.
    lines: list[Cell] = field(default_factory=list)
    holds_tables: bool = False


@dataclass
class _Table:
    columns: int
    above: list[Cell]
    rows: list[list[DeclaredCell]] = field(default_factory=list)
    below: list[Cell] = field(default_factory=list)
    cell: _OpenCell | None = None
    holds_tables: bool = False
    has_text: bool = False

    @property
    def is_frame(self) -> bool:
        return not any(self.rows) or (self.holds_tables and not self.has_text)


class NestedTables:
    """Build grids from the start and end events of a document. Raises CannotRead when a limit is exceeded.

    Events may come unbalanced, as they do in broken files: an end without a start is ignored.
    """

    def __init__(self, *, most_lines: int) -> None:
        self._most_lines = most_lines
        self._lines: list[Cell] = []
        self._tables: list[_Table] = []
        self._open: list[_Table] = []
        self._line_count = self._row_count = self._filled_count = 0

    def add_line(self, text: str, warning: str = "") -> None:
        """Add a paragraph, of one line or several, to the open cell or above the next table."""
        cell = self._cell
        if cell:
            cell.texts.append(text)
            cell.warnings.append(warning)
        lines = [Cell(part, warning=warning) for line in text.split("\n") if (part := line.strip())]
        if not cell:
            self._line_count += len(lines)
            if self._line_count > self._most_lines:
                raise CannotRead(
                    f"文件在表格以外的文字超过 {self._most_lines} 行，未导入。请把绩效目标表复制到新文件里再导入。"
                )
        (cell.lines if cell else self._open[-1].above if self._open else self._lines).extend(lines)

    def begin_table(self, columns: int = 0) -> None:
        """Start a table, of at least `columns` columns."""
        if len(self._open) == MOST_DEPTH:
            raise CannotRead(f"文件里的表格一层套一层，超过 {MOST_DEPTH} 层。请把绩效目标表复制到一个新文件里再导入。")
        cell = self._cell
        table = _Table(columns, cell.lines if cell else self._lines)
        if cell:
            cell.lines, cell.holds_tables = [], True
        else:
            self._lines = []
        self._tables.append(table)
        self._open.append(table)

    def end_table(self) -> None:
        """End the innermost table."""
        self.end_cell()
        if self._open:
            self._open.pop()

    def begin_row(self) -> None:
        """Start a row of the innermost table."""
        self.end_cell()
        if self._open:
            self._row_count += 1
            check_rows(self._row_count)
            self._open[-1].rows.append([])

    def begin_cell(self, columns: int = 1, rows: int = 1, column: int = 0, merge: Merge | None = None) -> None:
        """Start a cell of the innermost table, in a new row if the file has not started one."""
        self.end_cell()
        if self._open:
            table = self._open[-1]
            if not table.rows:
                self.begin_row()
            check_columns(len(table.rows[-1]) + 1)
            table.cell = _OpenCell(DeclaredCell("", columns, rows, column, merge))

    def end_cell(self) -> None:
        """End the open cell of the innermost table."""
        cell = self._cell
        if not cell:
            return
        table = self._open[-1]
        text = "\n".join(cell.texts).strip()
        warning = "".join(dict.fromkeys(cell.warnings))
        table.rows[-1].append(replace(cell.declared, text=text, warning=warning))
        table.cell = None
        if cell.holds_tables:
            self._tables[-1].below += cell.lines
            table.holds_tables = True
        else:
            table.has_text = table.has_text or bool(text)
        self._filled_count += bool(text)
        if self._filled_count > MOST_FILLED:
            raise CannotRead(f"文件里有文字的单元格超过 {MOST_FILLED} 个，未导入。请只留下绩效目标表，另存后再导入。")

    @property
    def rows(self) -> list[list[DeclaredCell]]:
        """The rows of the innermost table so far; empty outside of tables."""
        return self._open[-1].rows if self._open else []

    def grids(self) -> list[Grid]:
        """Build a grid for each table; for a document without tables, one without rows that has the lines above."""
        while self._open:
            self.end_table()
        grids: list[Grid] = []
        lines: list[Cell] = []
        for table in self._tables:
            lines += table.above
            if table.is_frame:
                lines += table.below
            else:
                rows = resolve_spans(join_merged(table.rows), columns=table.columns)
                grids.append(Grid(rows, tuple(lines), tuple(table.below)))
                lines = []
        lines += self._lines
        if not grids:
            return [Grid((), tuple(lines))]
        grids[-1] = replace(grids[-1], below=(*grids[-1].below, *lines))
        return grids

    @property
    def _cell(self) -> _OpenCell | None:
        return self._open[-1].cell if self._open else None
