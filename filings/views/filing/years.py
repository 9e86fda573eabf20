"""历年对比: the approved tables of the last years and the present one next to each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from filings import labels, permissions
from filings.document import money
from filings.document.differences.changes import ChangeKind, MoneyDifference
from filings.document.differences.years import (
    AmountOfYears,
    IndicatorOfYears,
    TargetOfYear,
    YearComparison,
    YearTable,
)
from filings.models import Filing, IssuedCopy, User
from filings.views.access import UserRequest, filing_or_404
from filings.views.visible_version import VisibleVersion, visible_version

MOST_EARLIER = 3
WORDS = {
    ChangeKind.SAME: "未变",
    ChangeKind.CHANGED: "有变化",
    ChangeKind.ADDED: "新增",
    ChangeKind.REMOVED: "未再列",
}
# Of a row of the year before in a table that is still filled in.
NOT_YET = "尚未填写"
Value = TypeVar("Value")
# Values with the labels of their years.
Cells = list[tuple[str, Value]]


@dataclass(frozen=True)
class YearAmount:
    """A budget line with its texts by year, and its difference to the year before as a text."""

    amount: AmountOfYears
    cells: Cells[str]
    difference: str


@dataclass(frozen=True)
class YearIndicator:
    """An indicator by year, with what happened since the year before; `mark` is '' for a row of neither year."""

    indicator: IndicatorOfYears
    cells: Cells[TargetOfYear | None]
    mark: str
    words: str


@login_required
def years(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = filing_or_404(request.user, filing_id)
    version = visible_version(request.user, filing)
    copies = list(earlier_copies(request.user, filing).select_related("revision", "filing__cycle__edition"))
    context = {"filing": filing, "version": version, **(_compared(version, copies) if copies else {})}
    return render(request, "filings/filing/years.html", context)


def earlier_copies(user: User, filing: Filing) -> QuerySet[IssuedCopy]:
    """Return the department's issued copies in force of earlier years that the user may see, the newest first."""
    copies = IssuedCopy.objects.filter(
        live=True,
        filing__in=permissions.visible_to(user),
        filing__department=filing.department_id,
        filing__cycle__year__lt=filing.cycle.year,
    )
    return copies.order_by("-filing__cycle__year", "-pk")[:MOST_EARLIER]


def _compared(version: VisibleVersion, copies: list[IssuedCopy]) -> dict[str, object]:
    earlier = [
        YearTable(copy.filing.cycle.label, copy.revision.document(), copy.filing.cycle.edition.definition())
        for copy in reversed(copies)
    ]
    current = YearTable(version.filing.cycle.label, version.document, version.edition)
    comparison = YearComparison([*earlier, current])
    is_draft = version.revision is None
    states = [labels.STATUS["approved"]] * len(earlier)
    return {
        "columns": list(zip(comparison.labels, [*states, _state(version)], strict=True)),
        "counts": [
            (
                count.label,
                _by_year(comparison, count.numbers),
                _signed(0 if is_draft and not count.numbers[-1] else count.difference),
            )
            for count in comparison.counts
        ],
        "amounts": [
            YearAmount(
                line,
                _by_year(comparison, line.texts),
                _difference(None if is_draft and not line.texts[-1] else line.difference),
            )
            for line in comparison.amounts
        ],
        "indicators": [
            _indicator(row, _by_year(comparison, row.years), is_draft=is_draft) for row in comparison.indicators
        ],
        "left_out": comparison.left_out,
    }


def _by_year(comparison: YearComparison, values: Iterable[Value]) -> Cells[Value]:
    return list(zip(comparison.labels, values, strict=True))


def _indicator(row: IndicatorOfYears, cells: Cells[TargetOfYear | None], *, is_draft: bool) -> YearIndicator:
    if is_draft and row.kind == ChangeKind.REMOVED:
        return YearIndicator(row, cells, "", NOT_YET)
    return YearIndicator(row, cells, row.kind or "", WORDS[row.kind] if row.kind else "以前年度")


def _state(version: VisibleVersion) -> str:
    if version.issued_copy:
        return labels.STATUS["approved"]
    return f"第 {version.revision.number} 版" if version.revision else labels.STATUS[version.filing.status]


def _signed(number: int) -> str:
    return f"{'＋' if number > 0 else '－'}{abs(number)}" if number else "—"


def _difference(change: MoneyDifference | None) -> str:
    """Format a difference with sign and share, as in ＋12.00（＋2.4%）; — without one."""
    if change is None or not change.difference:
        return "—"
    sign = "＋" if change.difference > 0 else "－"
    share = "" if change.percent is None else f"（{sign}{abs(change.percent)}%）"
    return f"{sign}{money.figure(abs(change.difference))}{share}"
