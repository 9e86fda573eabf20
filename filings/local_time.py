"""Times as users read them, in the time zone of the site. None is the present time, as in `timezone.localtime`."""

from datetime import datetime

from django.utils import timezone


def moment(at: datetime | None) -> str:
    """Format a time to the minute: 2026-03-15 09:30."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def day(at: datetime | None) -> str:
    """Format the day of a time: 2026-03-15."""
    return f"{timezone.localtime(at):%Y-%m-%d}"


def short_day(at: datetime | None) -> str:
    """Format a day for lists: 03-15 of this year, otherwise 2026-03-15."""
    return _short(day(at))


def short_moment(at: datetime | None) -> str:
    """Format a time for lists: 03-15 09:30 of this year, otherwise 2026-03-15 09:30."""
    return _short(moment(at))


def clock(at: datetime | None) -> str:
    """Format the time of day to the second: 09:30:15."""
    return f"{timezone.localtime(at):%H:%M:%S}"


def _short(text: str) -> str:
    return text.removeprefix(f"{timezone.localtime():%Y-}")
