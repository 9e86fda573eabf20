"""The place of a filing in the reviewer's queue, and the filing that opens after a decision.

The filters of the queue travel in the address of the page as `?queue=`, and in a hidden field of its form.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from filings import permissions
from filings.choices import Status
from filings.models import Filing, User


@dataclass(frozen=True)
class QueuePlace:
    """`number` of `count`; `number` is 0 if the filing is not in the queue. `query` are the filters as in its address."""

    query: str
    number: int
    count: int


def place_of(user: User, filing: Filing, query: str) -> QueuePlace:
    keys = _keys(user)
    return QueuePlace(query, keys.index(filing.pk) + 1 if filing.pk in keys else 0, len(keys))


def following(user: User, filing: Filing) -> int | None:
    """Return the key of the filing to review after this one; call it before the decision."""
    keys = _keys(user)
    start = keys.index(filing.pk) + 1 if filing.pk in keys else 0
    return next((key for key in (*keys[start:], *keys[:start]) if key != filing.pk), None)


def open_review(filing_id: int | None, query: str) -> HttpResponse:
    """Redirect to the review of a filing, or to the queue without one."""
    if filing_id is None:
        return redirect("todo")
    return redirect(review_address(filing_id, query))


def review_address(filing_id: int, query: str) -> str:
    address = reverse("review", args=[filing_id])
    return f"{address}?{urlencode({'queue': query})}" if query else address


def query_of(data: QueryDict) -> str:
    """Return the filters of the queue from an address or a form."""
    return str(data.get("queue", ""))


def _keys(user: User) -> list[int]:
    filings = permissions.awaiting(user).filter(status=Status.IN_REVIEW)
    return list(filings.order_by("held_since", "pk").values_list("pk", flat=True))
