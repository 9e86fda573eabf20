"""Working days follow the managers' calendar, then the public one, then Monday to Friday."""

from datetime import date

import pytest

from filings.clocks.working_days import add_working_days, is_working_day, overrides, working_days_between
from filings.models import CalendarDay

FRIDAY, SATURDAY, MONDAY = date(2099, 3, 6), date(2099, 3, 7), date(2099, 3, 9)


def test_the_public_calendar_knows_holidays_and_make_up_days() -> None:
    assert not is_working_day(date(2024, 2, 12), {})  # Spring Festival, a Monday
    assert is_working_day(date(2024, 2, 18), {})  # a make-up Sunday


def test_years_that_are_not_announced_count_monday_to_friday() -> None:
    assert [is_working_day(day, {}) for day in (FRIDAY, SATURDAY, MONDAY)] == [True, False, True]


@pytest.mark.django_db
def test_a_managers_day_comes_first() -> None:
    CalendarDay.objects.create(date=SATURDAY, is_working=True)
    CalendarDay.objects.create(date=date(2024, 2, 18), is_working=False)
    assert overrides() == {SATURDAY: True, date(2024, 2, 18): False}
    assert [is_working_day(day, overrides()) for day in (SATURDAY, date(2024, 2, 18))] == [True, False]


def test_days_are_added_and_counted_without_the_first() -> None:
    assert add_working_days(FRIDAY, 0, {}) == FRIDAY
    assert add_working_days(FRIDAY, 1, {}) == MONDAY
    assert add_working_days(FRIDAY, 1, {SATURDAY: True}) == SATURDAY
    assert working_days_between(FRIDAY, MONDAY, {}) == 1
    assert working_days_between(MONDAY, FRIDAY, {}) == -1
    assert working_days_between(FRIDAY, FRIDAY, {}) == 0
