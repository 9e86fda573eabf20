"""End the publication of a filing's copy, inside the transaction of what ends it."""

from datetime import datetime

from filings.choices import PublicationEnd
from filings.models import Filing, Publication, User


def end_publication(filing: Filing, end: PublicationEnd, *, by: User, now: datetime, reason: str = "") -> int:
    """End the filing's publication; return the number of ended ones, 0 or 1."""
    current = Publication.objects.filter(filing=filing, ended_at=None)
    return current.update(ended_at=now, end=end, ended_by=by, ended_by_name=by.name, end_reason=reason)
