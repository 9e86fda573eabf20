"""The bureau's calendar: adding and removing days, and which stored dates do not move."""

from datetime import date, timedelta

import pytest
from django.test import Client

from filings.clocks.working_days import is_working_day, overrides
from filings.models import CalendarDay, Cycle, Filing
from filings.tests.county import County
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words


@pytest.fixture
def client(county: County, client_of: ClientOf) -> Client:
    """Log in the manager."""
    return client_of(county.manager)


def post(client: Client, first: str, last: str = "", kind: str = "off", name: str = "") -> str:
    values = {"first": first, "last": last, "kind": kind, "name": name}
    return words(client.post("/calendar/add/", values, follow=True))


def test_a_year_shows_public_holidays_and_make_up_days(client: Client) -> None:
    page = words(client.get("/calendar/?year=2025"))
    assert "2025-10-01 星期三 休息 国庆节 国家公布" in page
    assert "2025-09-28 星期日 上班 国庆节 国家公布" in page
    assert "2098 年的放假安排尚未载入" in words(client.get("/calendar/?year=2098"))


def test_only_the_days_that_change_are_entered_and_can_be_removed(client: Client) -> None:
    # 2098-02-07 is a Friday.
    page = post(client, "2098-02-07", "2098-02-10", name="春节")
    assert "已登记 2 天为休息：2098-02-07、2098-02-10。" in page
    assert "2098-02-10 星期一 休息 春节 本局登记" in page
    assert not is_working_day(date(2098, 2, 10), overrides())
    (first, _second) = CalendarDay.objects.all()
    page = words(client.post(f"/calendar/{first.pk}/remove/", follow=True))
    assert "已取消 2098-02-07 的登记" in page
    assert [day.date for day in CalendarDay.objects.all()] == [date(2098, 2, 10)]
    page = words(client.post(f"/calendar/{first.pk}/remove/", {"year": "2098"}, follow=True))
    assert "这一天的登记已取消，不需要重复取消。" in page
    assert "2098 年节假日和调休" in page


def test_a_year_with_entered_holidays_is_not_called_empty(client: Client) -> None:
    page = post(client, "2098-02-07", "2098-02-10", name="春节")
    assert "2098 年节假日和调休 2 天" in page
    assert "本局已登记 2 天，其余日期按周一至周五上班计。" in page
    assert "尚未载入" not in page


def test_the_pages_of_a_cycle_link_to_a_calendar_without_holidays(county: County, client: Client) -> None:
    Cycle.objects.filter(pk=county.cycle.pk).update(opens_on=date(2098, 1, 6), deadline=date(2098, 2, 5))
    for page in ("details", "start", ""):
        content = client.get(f"/cycles/{county.cycle.pk}/setup/{page + '/' if page else ''}")
        assert "2098 年的放假安排尚未载入" in words(content)
        assert '<a href="/calendar/">工作日历</a>' in html(content)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (("",), "请填写日期，如 2027-02-08。"),
        (("1066-10-14",), "日期 1066-10-14 不在 2000 年到 2100 年之间，请改正。"),
        (("2098-02-07", "2098-02-06"), "最后一天 2098-02-06 早于第一天 2098-02-07"),
        (("2098-01-01", "2098-03-01"), "有 60 天，一次最多登记 31 天"),
        (("2098-02-08",), "原已是休息，不需要登记"),
        (("2098-02-14", "", "on"), "2098-02-14 已登记为休息，没有改动。请先取消那一条，再登记。"),
        (("2098-02-07", "", "off", "长" * 41), "说明共 41 字，请缩短到 40 字以内。"),
    ],
)
def test_a_refusal_names_the_dates_and_keeps_what_was_typed(
    client: Client, values: tuple[str, ...], sentence: str
) -> None:
    CalendarDay.objects.create(date=date(2098, 2, 14), is_working=False)
    assert sentence in post(client, *values)
    assert CalendarDay.objects.count() == 1
    refused = client.post("/calendar/add/", {"first": "2098-02-08", "kind": "off", "name": "补休"})
    assert 'value="补休"' in html(refused)
    assert 'value="2098-02-08"' in html(refused)


def test_an_invalid_form_shows_the_year_again_that_was_displayed(client: Client) -> None:
    assert 'name="year" value="2098"' in html(client.get("/calendar/?year=2098"))
    assert "2098 年节假日和调休" in words(client.post("/calendar/add/", {"year": "2098", "kind": "off"}))


def test_stored_dates_on_a_new_holiday_are_named_and_do_not_move(county: County, client: Client) -> None:
    filing = county.started()
    monday = date(2098, 2, 10)
    Cycle.objects.filter(pk=county.cycle.pk).update(deadline=monday, name="2098年批次")
    Filing.objects.filter(pk=filing.pk).update(due_on=monday)
    page = post(client, "2098-02-10")
    assert "批次「2098年批次」的截止日期正是 2098-02-10，不随之改动" in page
    assert "1 份申报表的办理期限在这几天，不随之改动" in page
    assert Filing.objects.get(pk=filing.pk).due_on == monday
    Filing.objects.filter(pk=filing.pk).update(due_on=monday + timedelta(days=1))
    assert "1 份申报表" not in post(client, "2098-02-12")


def test_stored_dates_are_named_only_on_days_that_are_off_now(county: County, client: Client) -> None:
    Cycle.objects.filter(pk=county.cycle.pk).update(deadline=date(2098, 2, 8))  # a Saturday
    assert "截止日期正是" not in post(client, "2098-02-08", kind="on")
    (day,) = CalendarDay.objects.all()
    assert "截止日期正是 2098-02-08" in words(client.post(f"/calendar/{day.pk}/remove/", follow=True))
