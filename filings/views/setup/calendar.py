"""工作日历: the holidays and make-up days of a year, which managers add and remove."""

from collections.abc import Mapping
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from filings import permissions
from filings.cycles import calendar
from filings.errors import StepRefused
from filings.forms.setup.calendar import FIRST_YEAR, LAST_YEAR, CalendarForm
from filings.models import CalendarDay
from filings.models.keys import parse_key
from filings.views.access import UserRequest, demand


@login_required
def working_days(request: UserRequest) -> HttpResponse:
    """Show the days of a year that differ from Monday to Friday."""
    demand(permissions.may_manage(request.user))
    return _page(request, _year(request.GET), CalendarForm())


@require_POST
@login_required
def add_days(request: UserRequest) -> HttpResponse:
    """Enter days. A refusal shows the page again with what was typed."""
    demand(permissions.may_manage(request.user))
    form = CalendarForm(request.POST)
    if not form.is_valid():
        return _page(request, _year(request.POST), form, status=HTTPStatus.BAD_REQUEST)
    first, last = form.days
    try:
        days = calendar.add(first, last, is_working=form.is_working, name=form.cleaned_data["name"])
    except StepRefused as refusal:
        return _page(request, first.year, form, refusal=refusal.reason, status=HTTPStatus.CONFLICT)
    messages.success(
        request, f"已登记 {len(days)} 天为{calendar.words(form.is_working)}：{'、'.join(map(str, days))}。"
    )
    for sentence in calendar.unmoved_dates(days):
        messages.warning(request, sentence)
    return redirect(_address(first.year))


@require_POST
@login_required
def remove_day(request: UserRequest, day_id: int) -> HttpResponse:
    """Remove an entry, which a repeated click finds removed."""
    demand(permissions.may_manage(request.user))
    day = CalendarDay.objects.filter(pk=day_id).first()
    if day is None:
        messages.info(request, "这一天的登记已取消，不需要重复取消。")
        return redirect(_address(_year(request.POST)))
    calendar.remove(day)
    messages.success(request, f"已取消 {day.date} 的登记，这一天照国家公布的放假安排计。")
    for sentence in calendar.unmoved_dates([day.date]):
        messages.warning(request, sentence)
    return redirect(_address(day.date.year))


def _year(values: Mapping[str, str]) -> int:
    """Return the displayed year of the address or form, by default the present one."""
    year = parse_key(values.get("year", "")) or timezone.localdate().year
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def _address(year: int) -> str:
    return f"{reverse('calendar')}?year={year}"


def _page(request: UserRequest, year: int, form: CalendarForm, *, refusal: str = "", status: int = 200) -> HttpResponse:
    context = {
        "year": year,
        "years": [each for each in (year - 1, year + 1) if FIRST_YEAR <= each <= LAST_YEAR],
        "days": calendar.special_days(year),
        "is_announced": calendar.is_announced(year),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "filings/setup/calendar.html", context, status=status)
