"""The rows of the queue's page: filings with counts of findings, total, days waiting, and open review pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import BooleanField, ExpressionWrapper, QuerySet
from django.utils import timezone

from filings import permissions
from filings.choices import Status
from filings.clocks import working_days
from filings.document import money
from filings.models import Assessment, Filing, Revision, User
from filings.reviewing import open_pages
from filings.reviewing.queue import with_money, with_revision


@dataclass(frozen=True)
class QueueRow:
    """A filing of the queue. `counts` are those stored when the newest visible revision was submitted.

    `total` is in 万元, None if unknown. `waiting` counts working days, None for an approved filing or a closed cycle.
    `viewers` are the names of other users who have the review page open.
    """

    filing: Filing
    counts: Assessment | None
    total: Decimal | None
    waiting: int | None
    is_overdue: bool
    viewers: list[str]

    @property
    def is_decidable(self) -> bool:
        """Whether the user may decide on it now, whether or not another has claimed it."""
        return bool(getattr(self.filing, "is_decidable", False))

    @property
    def unexplained(self) -> int:
        """Number of findings that need an explanation and have none."""
        return self.counts.asked - self.counts.explained if self.counts else 0


def page_query(filings: QuerySet[Filing], user: User) -> QuerySet[Filing]:
    """Add to a sorted queue what `rows_of` reads. The database computes it for the rows of a page only."""
    related = filings.select_related("department__section", "reviewer")
    decidable = ExpressionWrapper(permissions.decidable_by(user), output_field=BooleanField())
    return with_money(with_revision(related, user)).annotate(is_decidable=decidable)


def rows_of(filings: Iterable[Filing], user: User) -> list[QueueRow]:
    """Build the rows of a page of `page_query`, with as many queries for each page.

    The cycles of the filings and their editions are long: let the caller load them once.
    """
    listed = list(filings)
    revisions = [_revision_of(filing) for filing in listed]
    counts = {stored.revision_id: stored for stored in Assessment.objects.filter(revision__in=revisions)}
    totals = _totals_of([filing for filing in listed if not _is_submitted(filing)])
    viewers = open_pages.others_of(listed, user)
    calendar = working_days.overrides()
    today = timezone.localdate()
    return [
        QueueRow(
            filing,
            counts.get(_revision_of(filing)),
            _submitted_total(filing) if _is_submitted(filing) else totals.get(filing.pk),
            working_days.working_days_between(timezone.localdate(filing.held_since), today, calendar)
            if filing.status != Status.APPROVED and filing.cycle.closed_at is None
            else None,
            filing.due_on is not None and filing.due_on < today and filing.cycle.closed_at is None,
            viewers.get(filing.pk, []),
        )
        for filing in listed
    ]


def _revision_of(filing: Filing) -> int:
    return getattr(filing, "visible_revision", None) or 0


def _is_submitted(filing: Filing) -> bool:
    """Whether the stored amounts are those of the last revision: the department cannot change them now."""
    return filing.status in (Status.IN_REVIEW, Status.APPROVED)


def _submitted_total(filing: Filing) -> Decimal | None:
    fen: int | None = getattr(filing, "fen", None)
    return None if fen is None else money.from_fen(fen)


def _totals_of(filings: list[Filing]) -> dict[int, Decimal | None]:
    """Read the totals from the visible revisions, by the key of the filing."""
    revisions = Revision.objects.in_bulk([_revision_of(filing) for filing in filings]) if filings else {}
    totals = {}
    for filing in filings:
        if revision := revisions.get(_revision_of(filing)):
            edition = filing.cycle.edition.definition()
            totals[filing.pk] = revision.document().amount(edition.total.key, edition).value
    return totals
