"""The place of a filing in the reviewer's queue, and the filing that opens after a decision.

The filters of the queue travel in the address of the page as `?queue=`, and in a hidden field of its form.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from filings.models import Filing, User
from filings.reviewing import queue
from filings.reviewing.queue_filters import QueueFilters


@dataclass(frozen=True)
class QueuePlace:
    """The filters as in the address of the queue, and the filing's number among its filings; 0 if it is not there."""

    query: str
    number: int
    count: int


def place_of(user: User, filing: Filing, query: str) -> QueuePlace:
    position = queue.position_of(user, _filters(filing, query), filing)
    return QueuePlace(query, position.number, position.count) if position else QueuePlace(query, 0, 0)


def following(user: User, filing: Filing, query: str) -> Filing | None:
    """Return the filing to review after this one; call it before the decision."""
    return queue.next_after(user, _filters(filing, query), filing)


def open_review(filing: Filing | None, query: str) -> HttpResponse:
    """Redirect to the review of a filing, or to the queue without one."""
    if filing is None:
        return redirect(f"{reverse('queue')}?{query}" if query else "queue")
    return redirect(_with_query(reverse("review", args=[filing.pk]), query))


def confirm_approval(filing: Filing, query: str) -> HttpResponse:
    """Redirect to the page that confirms the last approval."""
    return redirect(_with_query(reverse("approve", args=[filing.pk]), query))


def query_of(data: QueryDict) -> str:
    """Return the filters of the queue from an address or a form, without what is unknown."""
    query = str(data.get("queue", ""))
    return QueueFilters.from_query(QueryDict(query)).query_string() if query else ""


def _with_query(address: str, query: str) -> str:
    return f"{address}?{urlencode({'queue': query})}" if query else address


def _filters(filing: Filing, query: str) -> QueueFilters:
    """Read the filters; a page opened from elsewhere goes through what waits in the filing's cycle."""
    return QueueFilters.from_query(QueryDict(query)) if query else QueueFilters(cycle=filing.cycle_id)
