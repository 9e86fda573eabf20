"""Users who have the review page of a filing open. Open pages report every 45 seconds."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from filings.models import Filing, OpenPage, User

# Two reports may be lost before the page counts as closed.
OPEN_FOR = timedelta(minutes=2)


def seen(filing: Filing, user: User) -> None:
    """Record that the user has the page open."""
    page = OpenPage(filing=filing, user=user, seen_at=timezone.now())
    OpenPage.objects.bulk_create(
        [page], update_conflicts=True, unique_fields=["filing", "user"], update_fields=["seen_at"]
    )


def others(filing: Filing, user: User) -> list[str]:
    """Return the names of the other users who have the page open."""
    return [page.user.name for page in _open([filing], user)]


def others_of(filings: Iterable[Filing], user: User) -> dict[int, list[str]]:
    """Return the names of the other users by the key of the filing, with one query."""
    names = defaultdict(list)
    for page in _open(filings, user):
        names[page.filing_id].append(page.user.name)
    return dict(names)


def _open(filings: Iterable[Filing], user: User) -> QuerySet[OpenPage]:
    pages = OpenPage.objects.filter(filing__in=list(filings), seen_at__gte=timezone.now() - OPEN_FOR)
    return pages.exclude(user=user).select_related("user").order_by("pk")
