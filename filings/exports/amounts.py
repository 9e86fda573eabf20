"""资金汇总表: one row for each department with all budget lines, the control figure and the difference to it."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from filings.document import money
from filings.document.content import FilingDocument
from filings.document.edition import AmountLine, Edition
from filings.exports.progress import Progress
from filings.exports.scope import HEADS, ExportScope
from filings.exports.workbook import TableWriter, Value
from filings.models import ControlFigure
from filings.rules.money.budget import name_of

_WIDTH = 16


def write(path: Path, scope: ExportScope, pattern: str, progress: Progress) -> None:
    """Write the amounts of each department's newest visible version, with a row of totals. All are in 万元."""
    edition = scope.cycle.edition.definition()
    figures = dict(ControlFigure.objects.filter(cycle=scope.cycle).values_list("department", "fen"))
    controls = {department: money.from_fen(fen) for department, fen in figures.items()}
    table, totals = TableWriter(scope.cycle.label), Totals(edition)
    lines = [(f"{name_of(line)}（万元）", _WIDTH) for line in edition.lines]
    table.begin("资金汇总", [*HEADS, *lines, ("预算控制数（万元）", _WIDTH), ("资金总额减控制数（万元）", _WIDTH)])
    progress.begin(scope.departments().count())
    for row in scope.reported():
        document = row.revision.document() if row.revision else None
        cells = _cells(document, edition, controls.get(row.department.pk))
        table.write([*row.heads, *totals.added(cells)])
        progress.step()
    table.write(["合计", None, None, None, None, *totals.values], bold=True)
    table.save(path)


class Totals:
    """The sums of the columns; text that is no amount counts nothing."""

    def __init__(self, edition: Edition) -> None:
        self.values: list[Decimal | None] = [None] * (len(edition.lines) + 2)

    def added(self, cells: list[Value]) -> list[Value]:
        """Add a row of cells and return it."""
        for number, cell in enumerate(cells):
            if isinstance(cell, Decimal):
                self.values[number] = (self.values[number] or Decimal(0)) + cell
        return cells


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
