"""The date by which the copy of an approved table is to be published."""

from datetime import date, datetime

from django.utils import timezone

from filings.clocks.due import PUBLICATION, Clock, clock
from filings.clocks.working_days import Overrides, add_working_days
from filings.models import Cycle


def publish_by(cycle: Cycle, approved_at: datetime, days: int, calendar: Overrides) -> date:
    """Return the date that the cycle sets for all copies, otherwise `days` working days after the approval."""
    return cycle.publish_by or add_working_days(timezone.localdate(approved_at), days, calendar)


def publication_clock(due_on: date, calendar: Overrides, today: date | None = None) -> Clock:
    """Build the clock of a publication."""
    return clock(PUBLICATION, due_on, calendar, today)
