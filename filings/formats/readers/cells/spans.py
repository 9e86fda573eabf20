"""Resolve declared column and row spans into rows that cover a grid exactly once, without overlaps and gaps."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from filings.formats.file import CannotRead
from filings.table.grid import Cell, Row

MOST_ROWS = 3_000
MOST_COLUMNS = 100

_UNSEEN = "合并单元格里有没显示出来的文字，已接在后面。"


class Merge(Enum):
    """How a Word cell continues another (w:vMerge, w:hMerge); Word files do not declare row spans."""

    BEGINS = auto()
    DOWN = auto()
    RIGHT = auto()


@dataclass(frozen=True)
class DeclaredCell:
    """A cell as a file declares it, with spans of any size. It is placed at `column`, or the next free column."""

    text: str = ""
    columns: int = 1
    rows: int = 1
    column: int = 0
    merge: Merge | None = None
    warning: str = ""


def resolve_spans(rows: Sequence[Sequence[DeclaredCell]], *, columns: int = 0) -> tuple[Row, ...]:
    """Place cells so that, with row spans from above, each row covers columns 0 to n - 1 exactly once.

    `columns` is the least width of the table. A span is cut at the next cell, at the last row, and at the table's
    width: the last column in which a cell begins, or at which at least two rows end. Gaps become empty cells.
    Raises CannotRead for more than MOST_ROWS or MOST_COLUMNS.
    """
    check_rows(len(rows))
    placed = _place(rows)
    least_width = max((cell.column + 1 for row in placed for cell in row), default=0)
    ends = Counter(row[-1].column + row[-1].columns for row in placed if row)
    width = max([least_width, min(columns, MOST_COLUMNS), *(end for end, count in ends.items() if count > 1)])
    rows_left = [0] * width
    return tuple(Row(tuple(_fill(row, rows_left, width)), "") for row in placed)


def check_rows(count: int) -> None:
    """Raise CannotRead if `count` exceeds MOST_ROWS."""
    if count > MOST_ROWS:
        raise CannotRead(f"文件里的表格超过 {MOST_ROWS} 行，未导入。请只留下绩效目标表，另存后再导入。")


def check_columns(count: int) -> None:
    """Raise CannotRead if `count`, of columns or of cells in one row, exceeds MOST_COLUMNS."""
    if count > MOST_COLUMNS:
        raise CannotRead(f"文件里的表格超过 {MOST_COLUMNS} 列，未导入。请删去表格右边不用的列，另存后再导入。")


def join_merged(rows: Iterable[Sequence[DeclaredCell]]) -> list[list[DeclaredCell]]:
    """Turn Word's merges into spans: a continuing cell extends its owner, which has the same column and width."""
    joined: list[list[DeclaredCell]] = []
    # Of the row above: by column and width of a merged cell, the row and index of the cell that owns the merge.
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for row in rows:
        cells: list[DeclaredCell] = []
        next_owners: dict[tuple[int, int], tuple[int, int]] = {}
        joined.append(cells)
        for cell in _join_right(row):
            extent = (cell.column, cell.columns)
            owner = owners.get(extent) if cell.merge is Merge.DOWN else None
            if owner:
                above, index = owner
                joined[above][index] = _extended(joined[above][index], cell, rows=1)
            else:
                owner = (len(joined) - 1, len(cells))
                cells.append(cell)
            if cell.merge:
                next_owners[extent] = owner
        owners = next_owners
    return joined


def _join_right(row: Sequence[DeclaredCell]) -> list[DeclaredCell]:
    cells: list[DeclaredCell] = []
    for cell in row:
        if cells and cell.merge is Merge.RIGHT:
            cells[-1] = _extended(cells[-1], cell, columns=cell.columns)
        else:
            cells.append(cell)
    return cells


def _extended(cell: DeclaredCell, other: DeclaredCell, *, rows: int = 0, columns: int = 0) -> DeclaredCell:
    """Extend a cell by a continuing cell; text hidden under the merge is appended with a warning."""
    texts = [text for text in (cell.text, other.text) if text]
    warnings = [cell.warning, other.warning, _UNSEEN if other.text else ""]
    return replace(
        cell,
        text="\n".join(texts),
        rows=cell.rows + rows,
        columns=cell.columns + columns,
        warning="".join(dict.fromkeys(warnings)),
    )


def _place(rows: Sequence[Sequence[DeclaredCell]]) -> list[list[Cell]]:
    """Place each cell at the first free column; `rows_left` holds, by column, how many rows a span still covers."""
    widest = min(max((sum(map(_plausible_span, row)) for row in rows), default=1), MOST_COLUMNS)
    rows_left = [0] * MOST_COLUMNS
    placed: list[list[Cell]] = []
    for number, row in enumerate(rows):
        check_columns(len(row))
        cells: list[Cell] = []
        column = 0
        for declared in row:
            column = max(column, declared.column)
            while column < MOST_COLUMNS and rows_left[column]:
                column += 1
            check_columns(column + 1)
            wanted = declared.columns if declared.columns <= MOST_COLUMNS else widest
            span = 1
            while span < wanted and column + span < MOST_COLUMNS and not rows_left[column + span]:
                span += 1
            height = max(1, min(declared.rows, len(rows) - number))
            cells.append(Cell(declared.text, column, span, height, warning=declared.warning))
            column += span
        placed.append(cells)
        rows_left = [max(0, count - 1) for count in rows_left]
        for cell in cells:
            rows_left[cell.column : cell.column + cell.columns] = [cell.rows - 1] * cell.columns
    return placed


def _plausible_span(cell: DeclaredCell) -> int:
    """Return a span that a table can have; an absurd one counts as 1 when the width of a row is estimated."""
    return cell.columns if 1 <= cell.columns <= MOST_COLUMNS else 1


def _fill(row: Sequence[Cell], rows_left: list[int], width: int) -> list[Cell]:
    """Fill the gaps of a row and cut spans at `width`; updates `rows_left` for the next row."""
    cells: list[Cell] = []
    by_column = {cell.column: cell for cell in row}
    column = 0
    while column < width:
        if rows_left[column]:
            rows_left[column] -= 1
            column += 1
            continue
        cell = by_column.get(column) or Cell("", column)
        span = min(cell.columns, width - column)
        cells.append(cell if span == cell.columns else replace(cell, columns=span))
        rows_left[column : column + span] = [cell.rows - 1] * span
        column += span
    return cells
