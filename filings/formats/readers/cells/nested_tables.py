"""Tables of a document in the order in which they are met: nested ones behind the outer, lines of text between them.

A cell that holds tables keeps its own text; it also stands as lines above and below those tables. A table that says
nothing besides is only a frame around others and left out.
"""

from dataclasses import dataclass, field, replace

from filings.formats.file import CannotRead
from filings.formats.readers.cells.spans import (
    Declared,
    Merge,
    check_columns,
    check_rows,
    joined,
    lay,
)
from filings.table.grid import Cell, Grid

MOST_FILLED = 20_000
MOST_DEPTH = 20


@dataclass
class _OpenCell:
    declared: Declared
    texts: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    # Since the cell's beginning, or since the last table in it.
    lines: list[Cell] = field(default_factory=list)
    holds_tables: bool = False


@dataclass
class _Table:
    columns: int
    above: list[Cell]
    rows: list[list[Declared]] = field(default_factory=list)
    below: list[Cell] = field(default_factory=list)
    cell: _OpenCell | None = None
    holds_tables: bool = False
    speaks: bool = False

    @property
    def is_frame(self) -> bool:
        return not any(self.rows) or (self.holds_tables and not self.speaks)


class NestedTables:
    """Takes what a document holds, piece by piece, and gives its grids. Raises CannotRead at its limits."""

    def __init__(self, *, most_lines: int) -> None:
        self._most_lines = most_lines
        self._lines: list[Cell] = []
        self._met: list[_Table] = []
        self._open: list[_Table] = []
        self._count_lines = self._count_rows = self._count_filled = 0

    def line(self, text: str, warning: str = "") -> None:
        """A paragraph, perhaps of several lines: of the open cell, or else before the next table."""
        cell = self._cell
        if cell:
            cell.texts.append(text)
            cell.warnings.append(warning)
        lines = [Cell(part, warning=warning) for line in text.split("\n") if (part := line.strip())]
        if not cell:
            self._count_lines += len(lines)
            if self._count_lines > self._most_lines:
                raise CannotRead(
                    f"文件在表格以外的文字超过 {self._most_lines} 行，没有导入。请把绩效目标表复制到新文件里再导入。"
                )
        (cell.lines if cell else self._open[-1].above if self._open else self._lines).extend(lines)

    def begin_table(self, columns: int = 0) -> None:
        """A table of at least so many columns."""
        if len(self._open) == MOST_DEPTH:
            raise CannotRead(f"文件里的表格一层套一层，超过 {MOST_DEPTH} 层。请把绩效目标表复制到一个新文件里再导入。")
        cell = self._cell
        table = _Table(columns, cell.lines if cell else self._lines)
        if cell:
            cell.lines, cell.holds_tables = [], True
        else:
            self._lines = []
        self._met.append(table)
        self._open.append(table)

    def end_table(self) -> None:
        """The innermost table ends; nothing happens without one."""
        self.end_cell()
        if self._open:
            self._open.pop()

    def begin_row(self) -> None:
        """A row of the innermost table; nothing happens without one."""
        self.end_cell()
        if self._open:
            self._count_rows += 1
            check_rows(self._count_rows)
            self._open[-1].rows.append([])

    def begin_cell(self, columns: int = 1, rows: int = 1, column: int = 0, merge: Merge | None = None) -> None:
        """A cell of the innermost row, begun with it where the file has none; nothing happens without a table."""
        self.end_cell()
        if self._open:
            table = self._open[-1]
            if not table.rows:
                self.begin_row()
            check_columns(len(table.rows[-1]) + 1)
            table.cell = _OpenCell(Declared("", columns, rows, column, merge))

    def end_cell(self) -> None:
        """The innermost table's cell ends; nothing happens when none is open."""
        cell = self._cell
        if not cell:
            return
        table = self._open[-1]
        text = "\n".join(cell.texts).strip()
        warning = "".join(dict.fromkeys(cell.warnings))
        table.rows[-1].append(replace(cell.declared, text=text, warning=warning))
        table.cell = None
        if cell.holds_tables:
            self._met[-1].below += cell.lines
            table.holds_tables = True
        else:
            table.speaks = table.speaks or bool(text)
        self._count_filled += bool(text)
        if self._count_filled > MOST_FILLED:
            raise CannotRead(f"文件里有文字的单元格超过 {MOST_FILLED} 个，没有导入。请只留下绩效目标表，另存后再导入。")

    @property
    def rows(self) -> list[list[Declared]]:
        """The rows so far of the innermost table; of none, none."""
        return self._open[-1].rows if self._open else []

    def grids(self) -> list[Grid]:
        """A grid for each table; of a document without one, a grid without rows, its lines above."""
        while self._open:
            self.end_table()
        grids: list[Grid] = []
        lines: list[Cell] = []
        for table in self._met:
            lines += table.above
            if table.is_frame:
                lines += table.below
            else:
                rows = lay(joined(table.rows), columns=table.columns)
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
