"""The filters of the queue that a request names, or else those of the user's last visit."""

from django.db.models import Exists, F, OuterRef, QuerySet
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


def cycles_for(user: User) -> QuerySet[Cycle]:
    """Return the started cycles: first those in which filings wait for the user, then the newest."""
    waiting = permissions.awaiting(user).filter(status=Status.IN_REVIEW, cycle=OuterRef("pk"))
    # The review policy and the edition are long, and the same editions recur.
    started = Cycle.objects.filter(started_at__isnull=False).defer("policy").prefetch_related("edition")
    return started.annotate(is_awaiting=Exists(waiting)).order_by(
        "-is_awaiting", F("closed_at").desc(nulls_first=True), F("started_at").desc(), "-pk"
    )
