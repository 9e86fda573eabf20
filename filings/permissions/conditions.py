"""Conditions that select the filings and memberships which belong together, for queries."""

from collections.abc import Iterable

from django.db.models import OuterRef, Q, Subquery
from django.db.models.lookups import IsNull

from filings.actions.table import awaited_statuses
from filings.choices import OfficeKind, Role, Stage
from filings.models import Department, Membership, Review


def reviewing_at(stage: str, department: Department) -> Q:
    """Select the memberships that review at this stage: `reviews_at` as a query."""
    return {
        Stage.SUPERVISOR: Q(department__isnull=False, department=department.supervisor_id),
        Stage.SECTION: Q(office__isnull=False, office=department.section_id),
        Stage.PERFORMANCE: Q(office__kind=OfficeKind.PERFORMANCE),
    }[Stage(stage)]


def concerned_by_stage(membership: Membership) -> dict[Stage, Q]:
    """Select the filings that a reviewer's membership concerns, by stage."""
    if membership.department_id:
        return {Stage.SUPERVISOR: Q(department__supervisor=membership.department_id)}
    filings = {Stage.SECTION: Q(department__section=membership.office_id)}
    if membership.office and membership.office.kind == OfficeKind.PERFORMANCE:
        filings[Stage.PERFORMANCE] = every()
    return filings


def seen_through(membership: Membership) -> Q:
    if membership.role == Role.MANAGER:
        return every()
    visible = Q(department=membership.department_id) if membership.department_id else none()
    return visible | seen_as_reviewer(membership)


def seen_as_reviewer(membership: Membership) -> Q:
    if membership.role == Role.MANAGER:
        return has_reached(next(iter(Stage)))
    if membership.role != Role.REVIEWER:
        return none()
    return any_of(filings & has_reached(stage) for stage, filings in concerned_by_stage(membership).items())


def awaited_by(membership: Membership) -> Q:
    statuses = awaited_statuses(membership.role)
    if membership.role == Role.REVIEWER:
        stages = any_of(filings & Q(stage=stage) for stage, filings in concerned_by_stage(membership).items())
        return stages & Q(status__in=statuses)
    return Q(department=membership.department_id, status__in=statuses) if statuses else none()


def has_reached(stage: Stage) -> Q:
    """Select the filings that are at this stage or a later one, or were decided on there.

    The reviews are looked up for each filing: PostgreSQL would read those of all filings to answer EXISTS.
    """
    order = list(Stage)
    stages = order[order.index(stage) :]
    decided = Review.objects.filter(revision__filing=OuterRef("pk"), stage__in=stages).order_by().values("pk")[:1]
    return Q(stage__in=stages) | Q(IsNull(Subquery(decided), False))


def any_of(conditions: Iterable[Q]) -> Q:
    union = none()
    for condition in conditions:
        union |= condition
    return union


def every() -> Q:
    return Q(pk__isnull=False)


def none() -> Q:
    return Q(pk__in=[])
