"""Cells with the spans that a file declares, put onto a raster: no two on one spot, and no spot without a cell."""

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
    """How a cell of Word, whose files know no row spans, belongs with another."""

    BEGINS = auto()
    DOWN = auto()
    RIGHT = auto()


@dataclass(frozen=True)
class Declared:
    """A cell as a file declares it; its spans may be anything. It begins at `column` or, where that is taken, after."""

    text: str = ""
    columns: int = 1
    rows: int = 1
    column: int = 0
    merge: Merge | None = None
    warning: str = ""


def lay(rows: Sequence[Sequence[Declared]], *, columns: int = 0) -> tuple[Row, ...]:
    """Rows whose cells, with those that reach down into them, cover columns 0 to n - 1 exactly once each.

    `columns` is how many the table has at the least. A span is cut where another cell stands, at the last row, and at
    the last column that a cell begins in or that two rows end with; holes become empty cells. Raises CannotRead.
    """
    check_rows(len(rows))
    placed = _place(rows)
    begun = max((cell.column + 1 for row in placed for cell in row), default=0)
    ends = Counter(row[-1].column + row[-1].columns for row in placed if row)
    width = max([begun, min(columns, MOST_COLUMNS), *(end for end, count in ends.items() if count > 1)])
    reach = [0] * width
    return tuple(Row(tuple(_fill(row, reach, width)), "") for row in placed)


def check_rows(count: int) -> None:
    """Raises CannotRead for more rows than are read."""
    if count > MOST_ROWS:
        raise CannotRead(f"文件里的表格超过 {MOST_ROWS} 行，没有导入。请只留下绩效目标表，另存后再导入。")


def check_columns(count: int) -> None:
    """Raises CannotRead for more columns, or cells in a row, than are read."""
    if count > MOST_COLUMNS:
        raise CannotRead(f"文件里的表格超过 {MOST_COLUMNS} 列，没有导入。请删去表格右边不用的列，另存后再导入。")


def joined(rows: Iterable[Sequence[Declared]]) -> list[list[Declared]]:
    """The same rows, cells that go on with another put to it as its span: as Word has it, at one column and as wide."""
    done: list[list[Declared]] = []
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for row in rows:
        kept: list[Declared] = []
        now: dict[tuple[int, int], tuple[int, int]] = {}
        done.append(kept)
        for cell in _beside(row):
            where = (cell.column, cell.columns)
            owner = owners.get(where) if cell.merge is Merge.DOWN else None
            if owner:
                above, at = owner
                done[above][at] = _with(done[above][at], cell, rows=1)
            else:
                owner = (len(done) - 1, len(kept))
                kept.append(cell)
            if cell.merge:
                now[where] = owner
        owners = now
    return done


def _beside(row: Sequence[Declared]) -> list[Declared]:
    kept: list[Declared] = []
    for cell in row:
        if kept and cell.merge is Merge.RIGHT:
            kept[-1] = _with(kept[-1], cell, columns=cell.columns)
        else:
            kept.append(cell)
    return kept


def _with(cell: Declared, more: Declared, *, rows: int = 0, columns: int = 0) -> Declared:
    texts = [text for text in (cell.text, more.text) if text]
    warnings = [cell.warning, more.warning, _UNSEEN if more.text else ""]
    return replace(
        cell,
        text="\n".join(texts),
        rows=cell.rows + rows,
        columns=cell.columns + columns,
        warning="".join(dict.fromkeys(warnings)),
    )


def _place(rows: Sequence[Sequence[Declared]]) -> list[list[Cell]]:
    """Each cell at the first free column; `reach` counts per column the rows that a cell from above still takes."""
    widest = min(max((sum(map(_plain_span, row)) for row in rows), default=1), MOST_COLUMNS)
    reach = [0] * MOST_COLUMNS
    placed: list[list[Cell]] = []
    for number, row in enumerate(rows):
        check_columns(len(row))
        beginning: list[Cell] = []
        at = 0
        for cell in row:
            at = max(at, cell.column)
            while at < MOST_COLUMNS and reach[at]:
                at += 1
            check_columns(at + 1)
            wanted = cell.columns if cell.columns <= MOST_COLUMNS else widest
            span = 1
            while span < wanted and at + span < MOST_COLUMNS and not reach[at + span]:
                span += 1
            height = max(1, min(cell.rows, len(rows) - number))
            beginning.append(Cell(cell.text, at, span, height, warning=cell.warning))
            at += span
        placed.append(beginning)
        reach = [max(0, left - 1) for left in reach]
        for laid in beginning:
            reach[laid.column : laid.column + laid.columns] = [laid.rows - 1] * laid.columns
    return placed


def _plain_span(cell: Declared) -> int:
    """A span as far as a table could have it: absurd ones say nothing of its width."""
    return cell.columns if 1 <= cell.columns <= MOST_COLUMNS else 1


def _fill(row: Sequence[Cell], reach: list[int], width: int) -> list[Cell]:
    cells: list[Cell] = []
    beginning = {cell.column: cell for cell in row}
    at = 0
    while at < width:
        if reach[at]:
            reach[at] -= 1
            at += 1
            continue
        cell = beginning.get(at) or Cell("", at)
        span = min(cell.columns, width - at)
        cells.append(cell if span == cell.columns else replace(cell, columns=span))
        reach[at : at + span] = [cell.rows - 1] * span
        at += span
    return cells
