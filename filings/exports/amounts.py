"""资金汇总表: one row for each department with all budget lines, the control figure and the difference to it.

The subtotals keep approved amounts apart from those that can still change.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from filings.choices import Status
from filings.document import money
from filings.document.content import FilingDocument
from filings.document.edition import AmountLine, Edition
from filings.exports.progress import Progress
from filings.exports.scope import HEADS, ExportScope, ReportedDepartment
from filings.exports.workbook import TableWriter, Value
from filings.models import ControlFigure
from filings.rules.money.budget import name_of

_WIDTH = 16
# The groups of the subtotals. Amounts of tables that the department holds are those of the last submitted version.
APPROVED, IN_REVIEW, HELD, MISSING = "已批复", "审核中", "单位办理中（按最近提交的版本）", "未报（无金额）"
GROUPS = (APPROVED, IN_REVIEW, HELD, MISSING)


def write(path: Path, scope: ExportScope, pattern: str, progress: Progress) -> None:
    """Write the amounts of each department's newest visible version, then subtotals and a total. All are in 万元."""
    edition = scope.cycle.edition.definition()
    figures = dict(ControlFigure.objects.filter(cycle=scope.cycle).values_list("department", "fen"))
    controls = {department: money.from_fen(fen) for department, fen in figures.items()}
    table, totals = TableWriter(scope.cycle.label), {group: Totals(edition) for group in GROUPS}
    lines = [(f"{name_of(line)}（万元）", _WIDTH) for line in edition.lines]
    control_columns = (("预算控制数（万元）", _WIDTH), ("资金总额减控制数（万元）", _WIDTH), ("备注", 46))
    table.begin("资金汇总", [*HEADS, *lines, *control_columns])
    progress.begin(scope.departments().count())
    for row in scope.reported():
        document = row.revision.document() if row.revision else None
        cells = _cells(document, edition, controls.get(row.department.pk))
        table.write([*row.heads, *totals[_group(row)].added(cells)])
        progress.step()
    filled = {group: total for group, total in totals.items() if total.departments}
    for group, total in filled.items():
        table.write(["小计", group, None, f"{total.departments} 个单位", None, *total.values, total.note], bold=True)
    together = Totals.of(edition, filled.values())
    named = "、".join(filled)
    cells = [f"{together.departments} 个单位", None, *together.values, together.note]
    table.write(["合计", named, None, *cells], bold=True)
    table.save(path)


def _group(row: ReportedDepartment) -> str:
    """Return the group of the subtotals to which a department belongs."""
    if row.filing is None or row.revision is None:
        return MISSING
    return {Status.APPROVED: APPROVED, Status.IN_REVIEW: IN_REVIEW}.get(Status(row.filing.status), HELD)


class Totals:
    """The number of departments and the sums of the columns; text that is no amount counts nothing.

    The difference, the last column, is that of the departments that have an amount and a control figure: `compared`.
    """

    def __init__(self, edition: Edition) -> None:
        self.departments = self.compared = 0
        self.values: list[Decimal | None] = [None] * (len(edition.lines) + 2)

    @classmethod
    def of(cls, edition: Edition, parts: Iterable["Totals"]) -> "Totals":
        """Add up several totals."""
        together = cls(edition)
        for part in parts:
            together._add(part.values, departments=part.departments, compared=part.compared)
        return together

    @property
    def note(self) -> str:
        """Say which departments the difference covers, if not all."""
        if self.compared == self.departments:
            return ""
        return f"差额只计既有资金总额又有控制数的 {self.compared} 个单位"

    def added(self, cells: Sequence[Value]) -> Sequence[Value]:
        """Add a department's cells and return them."""
        self._add(cells, departments=1, compared=int(cells[-1] is not None))
        return cells

    def _add(self, cells: Sequence[Value], *, departments: int, compared: int) -> None:
        self.departments += departments
        self.compared += compared
        for number, cell in enumerate(cells):
            if isinstance(cell, Decimal):
                self.values[number] = (self.values[number] or Decimal(0)) + cell


def _cells(document: FilingDocument | None, edition: Edition, control: Decimal | None) -> list[Value]:
    """Return the amounts, the control figure and the difference; an invalid amount is shown as typed."""
    if document is None:
        return [*[None] * len(edition.lines), control, None]
    lines: Mapping[str, Value] = {line.key: _amount(document, line, edition) for line in edition.lines}
    total = lines[edition.total.key]
    difference = total - control if isinstance(total, Decimal) and control is not None else None
    return [*lines.values(), control, difference]


def _amount(document: FilingDocument, line: AmountLine, edition: Edition) -> Value:
    amount = document.amount(line.key, edition)
    return amount.text if amount.value is None else amount.value
