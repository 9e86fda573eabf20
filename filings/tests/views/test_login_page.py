"""The login page names the county, the years that departments can file for, and the telephone."""

from datetime import timedelta

from django.test import Client, override_settings
from django.utils import timezone

from filings.models import Cycle
from filings.tests.county import County
from filings.tests.views.pages import words

ADDRESS = "/accounts/login/"


@override_settings(COUNTY="衡东县", TELEPHONE="0734-5220000")
def test_county_years_and_telephone_are_shown(client: Client, county: County) -> None:
    year = county.cycle.year
    page = words(client.get(ADDRESS))
    assert f"衡东县部门整体支出绩效目标申报 {year}年度正在申报" in page
    assert "请与绩效股联系（电话 0734-5220000 ），由管理员重设。" in page


@override_settings(COUNTY="", TELEPHONE="")
def test_without_settings_and_cycles_nothing_is_left_blank(client: Client, db: None) -> None:
    page = words(client.get(ADDRESS))
    assert "部门整体支出绩效目标申报 登录" in page
    assert "忘记密码请与绩效股联系，由管理员重设。" in page


def test_only_years_in_which_departments_can_file_are_named(client: Client, county: County) -> None:
    now, today, edition = timezone.now(), timezone.localdate(), county.cycle.edition
    dates = {"edition": edition, "deadline": today + timedelta(days=90), "stages": []}
    Cycle.objects.create(year=2031, opens_on=today, started_at=now, **dates)
    Cycle.objects.create(year=2031, name="第二批", opens_on=today, started_at=now, **dates)
    Cycle.objects.create(year=2032, opens_on=today, started_at=now, closed_at=now, **dates)
    Cycle.objects.create(year=2033, opens_on=today, **dates)
    Cycle.objects.create(year=2034, opens_on=today + timedelta(days=1), started_at=now, **dates)
    assert f"{county.cycle.year}年度、2031年度正在申报" in words(client.get(ADDRESS))
