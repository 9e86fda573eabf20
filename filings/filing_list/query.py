"""Select, count and sort the filings that a user may see. Counts and lists use the same conditions."""

from collections.abc import Sequence
from enum import StrEnum

from django.db.models import Case, Count, F, IntegerField, OrderBy, Q, QuerySet, Value, When

from filings import permissions
from filings.choices import Stage, Status
from filings.filing_list.filters import FilingColumn, ListFilters
from filings.models import Filing, User
from filings.reviewing.queue import SUBMITTED, matches_search, with_money

RELATED = ("cycle", "department__section", "department__supervisor", "reviewer")


def filings_of(user: User, filters: ListFilters) -> QuerySet[Filing]:
    """Return the filings of the list in order, each with its total in 分 as `fen` if the user may see it."""
    chosen = _found(user, filters).filter(**({"status": filters.status} if filters.status else {}))
    filings = with_money(chosen, _readable_money(user))
    if filters.sort == FilingColumn.STATUS:
        filings = filings.annotate(status_order=_order_of("status", Status), stage_order=_order_of("stage", Stage))
    return filings.select_related(*RELATED).defer("cycle__policy").order_by(*_order(filters))


def status_counts(user: User, filters: ListFilters) -> dict[str, int]:
    """Count the filings of each status under the other filters, with one query."""
    counted = _found(user, filters).order_by().values_list("status").annotate(Count("pk"))
    return dict(counted)


def _found(user: User, filters: ListFilters) -> QuerySet[Filing]:
    filings = permissions.visible_to(user)
    if filters.cycle:
        filings = filings.filter(cycle=filters.cycle)
    if filters.department:
        filings = filings.filter(department=filters.department)
    return filings.filter(matches_search(filters.search)) if filters.search else filings


def _readable_money(user: User) -> Q:
    """Select the amounts that the user may see: of drafts those of the own departments, for managers all."""
    if permissions.may_manage(user):
        return Q()
    own = [membership.department_id for membership in permissions.memberships_of(user) if membership.department_id]
    return SUBMITTED | Q(filing__department__in=own)


def _order_of(column: str, values: type[StrEnum]) -> Case:
    cases = [When(**{column: value.value}, then=Value(number)) for number, value in enumerate(values)]
    return Case(*cases, default=Value(0), output_field=IntegerField())


def _order(filters: ListFilters) -> Sequence[OrderBy]:
    """Sort by the chosen column, then by department and cycle, newest first. Blank values come last."""
    columns = {
        FilingColumn.CODE: ("department__code",),
        FilingColumn.NAME: ("department__initials",),
        FilingColumn.CYCLE: ("cycle__year",),
        FilingColumn.SECTION: ("department__section__name",),
        FilingColumn.STATUS: ("status_order", "stage_order"),
        FilingColumn.MONEY: ("fen",),
        FilingColumn.DUE: ("due_on",),
    }[filters.sort]
    fields = [F(name) for name in columns]
    chosen = [field.desc(nulls_last=True) if filters.descending else field.asc(nulls_last=True) for field in fields]
    return [*chosen, F("department__code").asc(), F("cycle__year").desc(), F("pk").asc()]
