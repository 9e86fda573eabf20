"""Compare the rows of a list with the stored control figures of a cycle. Nothing is stored here."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from filings.controls.table import FigureRow, FigureTable
from filings.document.money import Amount, AmountProblem
from filings.models import ControlFigure, Cycle, Department

LONGEST_RAW = 200
_REASONS = {
    AmountProblem.NO_NUMBER: "不是金额",
    AmountProblem.NEGATIVE: "金额小于零",
    AmountProblem.BELOW_FEN: "金额精确到分以下",
    AmountProblem.TOO_LARGE: "金额太大",
}


class RowKind(StrEnum):
    """Outcome of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"
    TWICE = "twice"
    TOTAL = "total"


STORED = (RowKind.NEW, RowKind.CHANGED)


@dataclass(frozen=True)
class RowOutcome:
    """A row with its outcome. `before` and `fen` are in 分; `reason` explains why it is not stored."""

    row: FigureRow
    kind: RowKind
    department: Department | None = None
    before: int | None = None
    fen: int | None = None
    reason: str = ""

    @property
    def raw(self) -> str:
        """The amount as written, with its unit."""
        amount = self.row.amount
        return amount.text if amount.text.endswith(amount.unit) else f"{amount.text}{amount.unit}"


def compare(table: FigureTable, cycle: Cycle) -> tuple[RowOutcome, ...]:
    """Classify each row, in the order of the file. A department with several rows is not stored at all."""
    departments = list(Department.objects.order_by("code"))
    by_code = {department.code: department for department in departments}
    names = Counter(department.name for department in departments)
    by_name = {department.name: department for department in departments if names[department.name] == 1}
    stored = dict(ControlFigure.objects.filter(cycle=cycle).values_list("department_id", "fen"))
    matched = [(row, None if row.is_total else by_code.get(row.code) or by_name.get(row.name)) for row in table.rows]
    row_counts = Counter(department.pk for _, department in matched if department)
    return tuple(_outcome(row, department, stored, row_counts, names) for row, department in matched)


def counts(outcomes: Iterable[RowOutcome]) -> dict[RowKind, int]:
    """Count the rows of each kind, including kinds without rows."""
    numbers = Counter(outcome.kind for outcome in outcomes)
    return {kind: numbers[kind] for kind in RowKind}


def _outcome(
    row: FigureRow,
    department: Department | None,
    stored: Mapping[int, int],
    row_counts: Mapping[int, int],
    names: Mapping[str, int],
) -> RowOutcome:
    if row.is_total:
        return RowOutcome(row, RowKind.TOTAL, reason="合计行，不导入")
    if department is None:
        several = names.get(row.name, 0) > 1
        return RowOutcome(
            row, RowKind.UNKNOWN, reason="有几个单位同名，请填单位编码" if several else "系统里没有这个单位"
        )
    before = stored.get(department.pk)
    if row_counts[department.pk] > 1:
        return RowOutcome(
            row, RowKind.TWICE, department, before, reason=f"文件里有 {row_counts[department.pk]} 行，请只留一行"
        )
    fen = row.amount.fen
    if fen is None or len(row.written) > LONGEST_RAW:
        return RowOutcome(row, RowKind.UNREADABLE, department, before, reason=_why_unreadable(row.amount))
    kind = RowKind.NEW if before is None else RowKind.SAME if before == fen else RowKind.CHANGED
    return RowOutcome(row, kind, department, before, fen)


def _why_unreadable(amount: Amount) -> str:
    return _REASONS[amount.problem] if amount.problem else "没有金额" if amount.is_blank else "金额太长"
