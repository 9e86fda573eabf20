"""Two tables next to each other, with what they have in common marked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from filings.document.compare import compare
from filings.document.content import FilingDocument
from filings.document.differences.changes import CellChange, ChangeKind, RowChange
from filings.document.differences.text_runs import RunKind
from filings.document.edition import Edition

_WORDS = {
    ChangeKind.SAME: "相同",
    ChangeKind.MOVED: "相同",
    ChangeKind.CHANGED: "部分相同",
    ChangeKind.REMOVED: "只在左表",
    ChangeKind.ADDED: "只在右表",
}
_ONE_SIDED = (ChangeKind.REMOVED, ChangeKind.ADDED)
_COLUMNS = ("name", "target")
# What the left and the right side leave out.
_OTHER_SIDE = (RunKind.INSERTED, RunKind.DELETED)


@dataclass(frozen=True)
class SidePart:
    """A piece of a text, marked if the other table contains it too."""

    text: str
    is_common: bool


@dataclass(frozen=True)
class SideRow:
    """A row of either table with its counterpart; an absent side is empty."""

    word: str
    left: list[SidePart]
    right: list[SidePart]


@dataclass(frozen=True)
class SideSection:
    """The rows of a section, and how many of them are the same in both tables."""

    title: str
    rows: list[SideRow]
    same: int


def side_by_side(left: FilingDocument, right: FilingDocument, edition: Edition) -> list[SideSection]:
    """Compare the duties, goals and indicators of two departments of one cycle. Rows are matched by name."""
    left, right = _unkeyed(left), _unkeyed(right)
    comparison = compare(left, right, edition, edition)
    targets = {row.key: row.target for row in right.indicators}
    sections = (
        ("整体绩效目标", comparison.goals),
        ("部门职责", comparison.duties),
        ("绩效指标", comparison.indicators),
    )
    return [_section(title, rows, targets) for title, rows in sections if rows]


def _unkeyed(document: FilingDocument) -> FilingDocument:
    """Give rows the keys of rows read from a file: keys of two departments are unrelated."""
    return replace(
        document,
        duties=tuple(replace(row, key=f"r{number}") for number, row in enumerate(document.duties)),
        indicators=tuple(replace(row, key=f"r{number}") for number, row in enumerate(document.indicators)),
    )


def _section(title: str, rows: Sequence[RowChange], targets: Mapping[str, str]) -> SideSection:
    shown = [_row(row, targets) for row in rows]
    return SideSection(title, shown, sum(row.word == _WORDS[ChangeKind.SAME] for row in shown))


def _row(row: RowChange, targets: Mapping[str, str]) -> SideRow:
    texts = {column: cell for cell in row.cells if (column := _column(cell)) in _COLUMNS}
    common = {} if row.kind in _ONE_SIDED else {"name": row.name}
    if row.place.section == "indicators" and common:
        common["target"] = targets[row.place.key]
    return SideRow(_WORDS[row.kind], *(list(_parts(texts, common, other)) for other in _OTHER_SIDE))


def _parts(cells: Mapping[str, CellChange], common: Mapping[str, str], other: RunKind) -> Iterator[SidePart]:
    """Yield the pieces of one side: the runs of cells that differ except those of the other side, and common texts."""
    for column in _COLUMNS:
        if column in cells:
            runs = [run for run in cells[column].runs if run.kind is not other]
            parts = [SidePart(run.text, run.kind is RunKind.EQUAL) for run in runs]
        else:
            parts = [SidePart(common[column], True)] if common.get(column) else []
        if parts and column != _COLUMNS[0]:
            yield SidePart("　", False)
        yield from parts


def _column(cell: CellChange) -> str:
    """The column of a cell; a paragraph is its own name."""
    place = cell.place_after or cell.place_before
    column = place.column if place else ""
    return "name" if place and place.section != "indicators" else column
