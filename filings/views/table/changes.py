"""Changes of a comparison as they are shown: rows with sign and word, runs, money as a phrase."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from filings.document import money
from filings.document.differences.changes import CellChange, ChangeKind, Comparison, MoneyDifference, RowChange
from filings.document.differences.text_runs import Run, RunKind
from filings.views.table.annotated import excerpt, href

# Of a longer equal run only its beginning and end are shown.
LONGEST_EQUAL = 120
KEPT = 30

MARKS: Mapping[ChangeKind, tuple[str, str]] = {
    ChangeKind.ADDED: ("＋", "新增"),
    ChangeKind.REMOVED: ("－", "删除"),
    ChangeKind.CHANGED: ("～", "修改"),
    ChangeKind.MOVED: ("↕", "移动"),
}
_TITLES = {
    "fields": "表头和落款",
    "amounts": "资金",
    "tasks": "年度任务",
    "duties": "部门职责",
    "goals": "整体绩效目标",
    "indicators": "绩效指标",
}
_PROSE = ("duties", "goals")


@dataclass(frozen=True)
class ShownRun:
    """A run of text; `omitted` characters in its middle are not shown, between `text` and `end`."""

    kind: RunKind
    text: str
    omitted: int = 0
    end: str = ""


@dataclass(frozen=True)
class ShownCell:
    """A changed cell: its column, its runs, and its difference of money as a phrase."""

    label: str
    runs: tuple[ShownRun, ...]
    money: str


@dataclass(frozen=True)
class ShownRow:
    """A changed row. `href` is its place in the table on the page, empty for a removed row."""

    kind: ChangeKind
    sign: str
    word: str
    heading: str
    name: str
    href: str
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True)
class ShownSection:
    """The changed rows of a section, and the number of rows without a change."""

    title: str
    rows: list[ShownRow]
    same: int


def summary(comparison: Comparison) -> str:
    """Count the changed rows: 新增 1 行，修改 2 行."""
    counts = Counter(row.kind for row in comparison.changes)
    return "，".join(f"{word} {counts[kind]} 行" for kind, (_, word) in MARKS.items() if counts[kind]) or "没有变化"


def sections(comparison: Comparison, *, linked: bool) -> list[ShownSection]:
    """The sections with changes; rows link to their places in the new table if `linked`."""
    shown = []
    for key, title in _TITLES.items():
        rows: Sequence[RowChange] = getattr(comparison, key)
        changed = [shown_row(row, linked) for row in rows if row.kind is not ChangeKind.SAME]
        if changed:
            shown.append(ShownSection(title, changed, len(rows) - len(changed)))
    return shown


def shown_row(row: RowChange, linked: bool) -> ShownRow:
    """Return a row as it is shown, with a link to its place in the new table if `linked`."""
    sign, word = MARKS[row.kind]
    name = row.name
    if row.place.section in _PROSE:
        name = excerpt(row.name) if row.kind is ChangeKind.MOVED else ""
    link = href(row.place) if linked and row.kind is not ChangeKind.REMOVED else ""
    cells = tuple(_shown_cell(cell) for cell in row.cells if not _repeats_name(cell, row))
    return ShownRow(row.kind, sign, word, row.heading, name, link, cells)


def _repeats_name(cell: CellChange, row: RowChange) -> bool:
    """Whether a cell of an added or removed row only repeats the name that is shown above it."""
    place = cell.place_after or cell.place_before
    return row.kind in (ChangeKind.ADDED, ChangeKind.REMOVED) and place is not None and place.column == "name"


def _shown_cell(cell: CellChange) -> ShownCell:
    return ShownCell(cell.label, tuple(map(_shown_run, cell.runs)), money_phrase(cell.money) if cell.money else "")


def _shown_run(run: Run) -> ShownRun:
    if run.kind is not RunKind.EQUAL or len(run.text) <= LONGEST_EQUAL:
        return ShownRun(run.kind, run.text)
    return ShownRun(run.kind, run.text[:KEPT], len(run.text) - 2 * KEPT, run.text[-KEPT:])


def money_phrase(change: MoneyDifference) -> str:
    """Format a difference: 增加 10.00 万元（＋1.8%）."""
    if not change.difference:
        return "金额不变"
    is_more = change.difference > 0
    percent = change.percent
    share = "" if percent is None else f"（{'＋' if is_more else '－'}{abs(percent)}%）"
    return f"{'增加' if is_more else '减少'} {money.with_unit(abs(change.difference))}{share}"
