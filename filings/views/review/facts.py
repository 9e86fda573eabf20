"""Data to compare the table with: the control figure, last year's values and reasons for returns."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from filings import permissions
from filings.choices import Action
from filings.models import Filing, Remark, User
from filings.rules.last_year.pairs import pair_rows
from filings.views.table import annotated
from filings.views.visible_version import VisibleVersion

MOST_LAST_RETURNS = 20


@dataclass(frozen=True)
class ComparedTarget:
    """An indicator with its target of last year, '' for a new one."""

    href: str
    name: str
    now: str
    before: str

    @property
    def differs(self) -> bool:
        return self.now != self.before


@dataclass(frozen=True)
class Facts:
    """Amounts are in 万元, None if not known. `dropped` are last year's indicators without a counterpart."""

    total: Decimal | None
    control: Decimal | None
    last_total: Decimal | None
    targets: Sequence[ComparedTarget]
    dropped: Sequence[str]
    last_remarks: Sequence[Remark]

    @property
    def control_gap(self) -> Decimal | None:
        """Excess of the total over the control figure; negative if it is below it."""
        return None if self.total is None or self.control is None else self.total - self.control

    @property
    def last_gap(self) -> Decimal | None:
        return None if self.total is None or self.last_total is None else self.total - self.last_total


def facts_of(version: VisibleVersion, user: User) -> Facts:
    known, edition = version.assessment.known, version.edition
    last = known.last_year
    targets, dropped = _targets(version)
    return Facts(
        total=version.document.amount(edition.total.key, edition).value,
        control=known.control,
        last_total=last.document.amount(last.edition.total.key, last.edition).value if last else None,
        targets=targets,
        dropped=dropped,
        last_remarks=_last_remarks(version.filing, user) if last else [],
    )


def _targets(version: VisibleVersion) -> tuple[list[ComparedTarget], list[str]]:
    """Pair this year's indicators with last year's; both lists are empty without an approved table of last year."""
    rows, last = version.assessment.context.rows, version.assessment.known.last_year
    if last is None:
        return [], []
    pairing = pair_rows(rows, last.rows)
    before = {id(pair.now): pair.before.row.target for pair in pairing.pairs}
    targets = [
        ComparedTarget(annotated.href(row.name_place), row.name, row.row.target, before.get(id(row), ""))
        for row in rows
    ]
    return targets, [row.name for row in pairing.dropped]


def _last_remarks(filing: Filing, user: User) -> list[Remark]:
    """Return the remarks with which last year's table was returned."""
    last_year = Filing.objects.filter(department=filing.department_id, cycle__year=filing.cycle.year - 1)
    remarks = Remark.objects.filter(filing__in=last_year, review__decision=Action.RETURN)
    if not permissions.may_see_internal(user, filing):
        remarks = remarks.filter(internal=False)
    return list(remarks.select_related("review").order_by("-id")[:MOST_LAST_RETURNS])
