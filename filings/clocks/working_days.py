"""Count working days: a manager's calendar first, then the public calendar, then Monday to Friday.

The public calendar is the package chinesecalendar, which knows holidays and make-up days up to the year announced.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import chinese_calendar

from filings.models import CalendarDay

Overrides = Mapping[date, bool]
_ONE_DAY = timedelta(days=1)
_MONDAY_TO_FRIDAY = 5


def overrides() -> Overrides:
    """Load the days set by managers: whether each is a working day."""
    return dict(CalendarDay.objects.values_list("date", "is_working"))


def is_working_day(day: date, overrides: Overrides) -> bool:
    if day in overrides:
        return overrides[day]
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # a year that is not announced yet
        return day.weekday() < _MONDAY_TO_FRIDAY


def add_working_days(start: date, days: int, overrides: Overrides) -> date:
    """Return the day on which that many working days after `start` have passed; `start` does not count."""
    day = start
    for _ in range(days):
        day += _ONE_DAY
        while not is_working_day(day, overrides):
            day += _ONE_DAY
    return day


def working_days_between(start: date, end: date, overrides: Overrides) -> int:
    """Count the working days after `start` up to and including `end`; negative if `end` is before `start`."""
    if end < start:
        return -working_days_between(end, start, overrides)
    days = (start + _ONE_DAY * step for step in range(1, (end - start).days + 1))
    return sum(is_working_day(day, overrides) for day in days)
