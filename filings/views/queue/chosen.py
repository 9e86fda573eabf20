"""The filters of the queue that a request names, or else those of the user's last visit."""

from collections.abc import Iterable

from django.http import HttpRequest, QueryDict

from filings import permissions
from filings.choices import Status
from filings.models import Cycle, User
from filings.reviewing.queue_filters import QueueFilters

_REMEMBERED = "queue"


def remembered(request: HttpRequest) -> QueueFilters:
    """Return the filters of the user's last visit to the queue, the usual ones before the first visit."""
    return QueueFilters.from_query(QueryDict(request.session.get(_REMEMBERED, "")))


def remember(request: HttpRequest, filters: QueueFilters) -> None:
    """Store the filters in the session; unchanged ones cost no query."""
    query = filters.query_string()
    if request.session.get(_REMEMBERED) != query:
        request.session[_REMEMBERED] = query


def cycles_for(user: User, cycles: Iterable[Cycle]) -> list[Cycle]:
    """Sort the started cycles: first those in which filings wait for the user, then the open and the newest ones."""
    waiting = permissions.awaiting(user).filter(status=Status.IN_REVIEW).order_by().values_list("cycle", flat=True)
    awaited = set(waiting.distinct())
    ranks = {
        cycle: (cycle.pk in awaited, cycle.closed_at is None, cycle.started_at, cycle.pk)
        for cycle in cycles
        if cycle.started_at
    }
    return sorted(ranks, key=lambda cycle: ranks[cycle], reverse=True)
