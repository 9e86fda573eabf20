"""Two tables next to each other, with what they have in common marked."""

from collections.abc import Iterator, Sequence
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
    comparison = compare(_unkeyed(left), _unkeyed(right), edition, edition)
    sections = (
        ("整体绩效目标", comparison.goals),
        ("部门职责", comparison.duties),
        ("绩效指标", comparison.indicators),
    )
    return [_section(title, rows) for title, rows in sections if rows]


def _unkeyed(document: FilingDocument) -> FilingDocument:
    """Give rows the keys of rows read from a file: keys of two departments are unrelated."""
    return replace(
        document,
        duties=tuple(replace(row, key=f"r{number}") for number, row in enumerate(document.duties)),
        indicators=tuple(replace(row, key=f"r{number}") for number, row in enumerate(document.indicators)),
    )


def _section(title: str, rows: Sequence[RowChange]) -> SideSection:
    shown = [_row(row) for row in rows]
    return SideSection(title, shown, sum(row.word == _WORDS[ChangeKind.SAME] for row in shown))


def _row(row: RowChange) -> SideRow:
    return SideRow(_WORDS[row.kind], list(_parts(row, RunKind.INSERTED)), list(_parts(row, RunKind.DELETED)))


def _parts(row: RowChange, other: RunKind) -> Iterator[SidePart]:
    """Yield the pieces of one side: all runs except those of the other side only."""
    if row.kind is (ChangeKind.ADDED if other is RunKind.INSERTED else ChangeKind.REMOVED):
        return
    texts = [
        [SidePart(run.text, run.kind is RunKind.EQUAL) for run in cell.runs if run.kind is not other]
        for cell in row.cells
    ]
    if not any(map(_is_name, row.cells)):
        texts.insert(0, [SidePart(row.name, True)])
    for number, text in enumerate(texts):
        yield from [SidePart("　", False)] * bool(number)
        yield from text


def _is_name(cell: CellChange) -> bool:
    """Whether a cell contains the row's name; a paragraph is its only cell."""
    place = cell.place_after or cell.place_before
    return place is not None and (place.section != "indicators" or place.column == "name")
