"""The review queue: the filings that concern a user as reviewer, by tab and filters, in the chosen order.

Counts and lists use the same conditions. Columns that an order or a filter does not need are not computed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, When, Window
from django.db.models.expressions import OrderBy
from django.db.models.functions import Lag, RowNumber
from django.db.models.lookups import IsNull
from django.utils import timezone

from filings import permissions
from filings.choices import ApprovalState, Stage, Status
from filings.models import (
    Assessment,
    BudgetAmount,
    BudgetLine,
    Filing,
    Finding,
    PendingApproval,
    Review,
    Revision,
    User,
)
from filings.reviewing.queue_filters import QueueFilters, SortColumn, Tab
from filings.reviewing.remarks import is_resubmitted


@dataclass(frozen=True)
class Position:
    """The place of a filing in the queue, from 1."""

    number: int
    count: int


def queue_of(user: User, filters: QueueFilters) -> QuerySet[Filing]:
    """Return the filings of a tab that the user may see as reviewer, in order; managers see those of all reviewers."""
    return in_order(_filtered(user, filters).filter(_tab(user, filters.tab)), user, filters)


def tab_counts(user: User, filters: QueueFilters) -> dict[Tab, int]:
    """Count the filings of each tab under the other filters, with one query."""
    counts = {str(tab): Count("pk", filter=_tab(user, tab)) for tab in Tab}
    counted = _filtered(user, filters).order_by().aggregate(**counts)
    return {tab: counted[tab] for tab in Tab}


def decidable(user: User, filters: QueueFilters) -> QuerySet[Filing]:
    """Return the filings of the queue on which the user may decide now, without those that others have claimed."""
    return queue_of(user, filters).filter(_tab(user, Tab.MINE))


def next_after(user: User, filters: QueueFilters, filing: Filing) -> Filing | None:
    """Return the filing to review after this one, in the queue's order; after the last one the first is next.

    Call it before the decision: afterwards the filing has no place in the queue, and the first one is returned.
    """
    filings = decidable(user, filters)
    following = filings.annotate(before=Window(Lag("pk"), order_by=_order(filters))).filter(before=filing.pk)
    return following.first() or filings.exclude(pk=filing.pk).first()


def position_of(user: User, filters: QueueFilters, filing: Filing) -> Position | None:
    """Return the place of a filing in the list that the user has chosen; None if it is not in the list."""
    numbered = queue_of(user, filters).annotate(
        number=Window(RowNumber(), order_by=_order(filters)),
        count=Window(Count("pk")),
        # A condition on the primary key itself would select the filing before it is numbered.
        key=Window(Max("pk"), partition_by="pk"),
    )
    place = numbered.filter(key=filing.pk).values_list("number", "count").first()
    return Position(*place) if place else None


# Amounts of tables that the department cannot change now: they are those of the last revision.
SUBMITTED = Q(filing__status__in=[Status.IN_REVIEW, Status.APPROVED])


def with_money(filings: QuerySet[Filing], readable: Q = SUBMITTED) -> QuerySet[Filing]:
    """Annotate the total in 分 as `fen`, NULL unless the amount is readable."""
    line = BudgetLine.objects.filter(edition=OuterRef("cycle__edition"), side="").order_by("position").values("key")[:1]
    totals = BudgetAmount.objects.filter(filing=OuterRef("pk"), line=OuterRef("total_line")).order_by()
    return filings.annotate(total_line=Subquery(line), fen=Subquery(totals.filter(readable).values("fen")[:1]))


def with_revision(filings: QuerySet[Filing], user: User) -> QuerySet[Filing]:
    """Annotate the key of the newest revision that the user may see as `visible_revision`."""
    return filings.annotate(visible_revision=permissions.newest_visible_revision(user))


def in_order(filings: QuerySet[Filing], user: User, filters: QueueFilters) -> QuerySet[Filing]:
    """Sort by the chosen column, then by the department's code. Blank values come last in either direction."""
    if filters.sort == SortColumn.MONEY:
        filings = with_money(filings)
    if filters.sort == SortColumn.FINDINGS:
        filings = _with_counts(filings, user)
    if filters.sort == SortColumn.WAITING:
        # An approved filing does not wait.
        filings = filings.annotate(waiting_since=Case(When(~Q(status=Status.APPROVED), then=F("held_since"))))
    return filings.order_by(*_order(filters))


def _order(filters: QueueFilters) -> list[OrderBy]:
    # The longest wait has the earliest start.
    descending = filters.descending != (filters.sort == SortColumn.WAITING)
    columns = [F(name) for name in _columns(filters.sort)]
    chosen = [column.desc(nulls_last=True) if descending else column.asc(nulls_last=True) for column in columns]
    return [*chosen, F("department__code").asc(), F("pk").asc()]


def _columns(sort: SortColumn) -> tuple[str, ...]:
    return {
        SortColumn.DEPARTMENT: ("department__code",),
        SortColumn.SECTION: ("department__section__name",),
        SortColumn.MONEY: ("fen",),
        SortColumn.FINDINGS: ("errors", "unexplained", "warnings"),
        SortColumn.ROUND: ("round",),
        SortColumn.WAITING: ("waiting_since",),
        SortColumn.REVIEWER: ("reviewer__name",),
    }[sort]


def _with_counts(filings: QuerySet[Filing], user: User) -> QuerySet[Filing]:
    stored = Assessment.objects.filter(revision=OuterRef("visible_revision"))
    counts = stored.annotate(unexplained=F("asked") - F("explained"))
    columns = {name: Subquery(counts.values(name)[:1]) for name in ("errors", "unexplained", "warnings")}
    return with_revision(filings, user).annotate(**columns)


def _filtered(user: User, filters: QueueFilters) -> QuerySet[Filing]:
    filings = permissions.reviewed_by(user)
    chosen = {
        "cycle": filters.cycle,
        "department__section": filters.section,
        "stage": filters.stage,
    }
    filings = filings.filter(**{name: value for name, value in chosen.items() if value})
    if filters.rule:
        found = Finding.objects.filter(revision=OuterRef("visible_revision"), code=filters.rule).order_by()
        # As a join, EXISTS would read the findings of this rule in all cycles.
        filings = with_revision(filings, user).filter(IsNull(Subquery(found.values("pk")[:1]), False))
    if filters.grade:
        graded = Review.objects.filter(revision__filing=OuterRef("pk"), round=OuterRef("round"), grade=filters.grade)
        filings = filings.filter(Exists(graded))
    return filings.filter(matches_search(filters.search)) if filters.search else filings


def matches_search(search: str) -> Q:
    """Select filings by a part of their department's name, code or pinyin initials, or by a whole 受理编号."""
    found = Q(department__name__icontains=search) | Q(department__code__icontains=search)
    revisions = Revision.objects.filter(receipt__in={search, search.upper()}).order_by()
    found |= Q(pk__in=revisions.values("filing"))
    letters = search.lower() if search.isascii() and search.isalnum() else ""
    return found | Q(department__initials__contains=letters) if letters else found


def _tab(user: User, tab: Tab) -> Q:
    return TABS[tab](user)


def _mine(user: User) -> Q:
    """Select what waits for the user: neither claimed by another nor approved and waiting for its copy."""
    approved = Exists(PendingApproval.objects.filter(filing=OuterRef("pk"), state=ApprovalState.WAITING))
    return permissions.decidable_by(user) & ~permissions.claimed_by_another(user) & ~Q(approved)


def _at_own_stage(user: User) -> Q:
    """Select the filings in review at the user's stage, for managers at any stage."""
    in_review = Q(status=Status.IN_REVIEW, stage__in=list(Stage), cycle__closed_at=None)
    return in_review if permissions.may_manage(user) else permissions.decidable_by(user)


def _resubmitted(user: User) -> Q:
    return _at_own_stage(user) & is_resubmitted()


def _returned(user: User) -> Q:
    """Select the filings that the user has returned and that have not come back yet."""
    return Q(status__in=[Status.RETURNED, Status.SIGNING], resume_reviewer=user)


def _overdue(user: User) -> Q:
    return _at_own_stage(user) & Q(due_on__lt=timezone.localdate())


def _all(_user: User) -> Q:
    return Q(pk__isnull=False)


TABS: Mapping[Tab, Callable[[User], Q]] = {
    Tab.MINE: _mine,
    Tab.RESUBMITTED: _resubmitted,
    Tab.RETURNED: _returned,
    Tab.OVERDUE: _overdue,
    Tab.ALL: _all,
}
