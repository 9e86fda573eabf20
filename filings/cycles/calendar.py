"""工作日历: the days of a year that differ from Monday to Friday, and the changes that managers make to them.

Dates by which to act are stored as dates, so that a changed calendar moves none of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar
from django.db import IntegrityError, transaction

from filings.choices import Status
from filings.clocks.working_days import is_working_day, overrides
from filings.errors import StepRefused, checked_text
from filings.models import CalendarDay, Cycle, Filing

MOST_DAYS = 31
LONGEST_NAME = 40
_MONDAY_TO_FRIDAY = 5


@dataclass(frozen=True)
class SpecialDay:
    """A day off from Monday to Friday, or a working day at a weekend. `own` is the bureau's entry, None if public."""

    date: date
    is_working: bool
    name: str
    own: CalendarDay | None


def is_announced(year: int) -> bool:
    """Whether the public calendar knows the year's holidays."""
    try:
        chinese_calendar.is_workday(date(year, 7, 1))
    except NotImplementedError:
        return False
    return True


def special_days(year: int) -> list[SpecialDay]:
    """Return the days of a year that differ from Monday to Friday, and all entries of the bureau."""
    own = {day.date: day for day in CalendarDay.objects.filter(date__year=year)}
    found = []
    for day in _days(date(year, 1, 1), date(year, 12, 31)):
        if entry := own.get(day):
            found.append(SpecialDay(day, entry.is_working, entry.name, entry))
        elif is_working_day(day, {}) != _is_weekday(day):
            found.append(SpecialDay(day, is_working_day(day, {}), _public_name(day), None))
    return found


def add(first: date, last: date, *, is_working: bool, name: str) -> list[date]:
    """Enter the days from `first` to `last` that are not so already, and return them. Raises StepRefused."""
    name = checked_text(name, "说明", longest=LONGEST_NAME)
    if last < first:
        raise StepRefused(f"最后一天 {last} 早于第一天 {first}，请改其中一个。")
    if (count := (last - first).days + 1) > MOST_DAYS:
        raise StepRefused(f"{first} 至 {last} 有 {count} 天，一次最多登记 {MOST_DAYS} 天，请分几次登记。")
    entered = overrides()
    for day in _days(first, last):
        if entered.get(day, is_working) != is_working:
            raise StepRefused(f"{day} 已登记为{words(entered[day])}，没有改动。请先取消那一条，再登记。")
    days = [day for day in _days(first, last) if is_working_day(day, entered) != is_working]
    if not days:
        raise StepRefused(f"{first} 至 {last} 原已是{words(is_working)}，不需要登记。")
    try:
        with transaction.atomic():
            CalendarDay.objects.bulk_create(CalendarDay(date=day, is_working=is_working, name=name) for day in days)
    except IntegrityError:
        raise StepRefused("刚有其他用户登记了其中的日期，您的登记未保存。请核对下面的日历后再登记。") from None
    return days


def remove(day: CalendarDay) -> None:
    """Remove an entry, so that the public calendar holds again."""
    CalendarDay.objects.filter(pk=day.pk).delete()


def unmoved_dates(days: Sequence[date]) -> list[str]:
    """Name the stored dates on those of the changed days that are off now, because they do not move.

    They are deadlines of cycles and dates of filings.
    """
    entered = overrides()
    off = [day for day in days if not is_working_day(day, entered)]
    cycles = Cycle.objects.filter(deadline__in=off, closed_at=None).select_related("edition")
    sentences = [
        f"批次「{cycle}」的截止日期正是 {cycle.deadline}，不随之改动；需要推后的，请在该批次的「批次」一步改。"
        for cycle in cycles
    ]
    filings = Filing.objects.filter(due_on__in=off, cycle__closed_at=None).exclude(status=Status.APPROVED)
    if count := filings.count():
        sentences.append(f"{count} 份申报表的办理期限在这几天，不随之改动；需要推后的，请在看板办理延期。")
    return sentences


def words(is_working: bool) -> str:
    return "上班" if is_working else "休息"


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _is_weekday(day: date) -> bool:
    return day.weekday() < _MONDAY_TO_FRIDAY


def _public_name(day: date) -> str:
    """Return the Chinese name of the public holiday that a day off or a make-up day belongs to."""
    _is_holiday, name = chinese_calendar.get_holiday_detail(day)
    return chinese_calendar.Holiday(name).chinese if name else ""
