"""The page of the review queue: tabs, columns, filters in the address, order, and the number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from filings.choices import Role, Stage, Status
from filings.models import CalendarDay, Cycle
from filings.reviewing import open_pages
from filings.reviewing.queue_filters import Tab
from filings.tests.county import County, create_user
from filings.tests.reviewing.queued import queued, revise
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words
from filings.tests.views.queue.pages import listed, tabs

pytestmark = pytest.mark.both


def test_the_first_visit_shows_what_waits_for_the_reviewer(county: County, client_of: ClientOf) -> None:
    queued(county, "甲局")
    again = queued(county, "乙局", round=2)
    again.revisions.get().reviews.create(
        stage=Stage.SECTION, decision="return", by=county.section_reviewer, by_name="甲", at=timezone.now()
    )
    revise(county, again, number=2)
    answer = client_of(county.section_reviewer).get("/review/", follow=True)
    assert answer.redirect_chain == [(f"/review/?tab=mine&cycle={county.cycle.pk}", 302)]
    assert tabs(answer) == {"待我审": 2, "已重报": 1, "我退回的": 0, "超期": 0, "全部": 2}
    assert listed(answer) == ["甲局", "乙局"]
    assert 'aria-current="page">审核</a>' in html(answer)


def test_a_manager_begins_with_all_filings(county: County, client_of: ClientOf) -> None:
    queued(county, "甲局")
    answer = client_of(county.manager).get("/review/", follow=True)
    assert answer.redirect_chain == [(f"/review/?tab=all&cycle={county.cycle.pk}", 302)]
    assert listed(answer) == ["甲局"]


def test_the_page_is_for_reviewers_and_managers(county: County, client_of: ClientOf) -> None:
    for user in (county.filler, county.head, county.observer):
        answer = client_of(user).get("/review/")
        assert answer.status_code == 403
        assert 'href="/review/"' not in html(answer)


def test_a_row_shows_its_columns(county: County, client_of: ClientOf) -> None:
    today = timezone.localdate()
    CalendarDay.objects.bulk_create(
        CalendarDay(date=today - timedelta(days=days), is_working=days < 3) for days in range(7)
    )
    other = create_user("other", Role.REVIEWER, county.section)
    filing = queued(
        county,
        "甲局",
        fen=123_456_000,
        counts={"warnings": 5, "asked": 3, "explained": 1},
        round=2,
        held_since=timezone.now() - timedelta(days=6),
        due_on=today - timedelta(days=1),
        reviewer=other,
        claimed_at=timezone.now(),
    )
    open_pages.seen(filing, other)
    text = words(client_of(county.section_reviewer).get(f"/review/?tab=all&cycle={county.cycle.pk}"))
    when = timezone.localtime(timezone.now()).strftime("%m-%d")
    assert "行政政法股 123.456 须改正 0 / 提醒 5 / 未说明 2 第 2 轮 3 天 已超期 other甲 " + when in text
    assert "正在查看：other甲" in text


def test_a_returned_filing_shows_the_total_of_its_version_and_not_of_the_draft(
    county: County, client_of: ClientOf
) -> None:
    reviewer = county.section_reviewer
    filing = county.in_review()
    filing.amounts.filter(line="TOTAL").update(raw="999", fen=9_990_000_00)
    columns = {"status": Status.RETURNED, "stage": "", "resume_stage": Stage.SECTION, "resume_reviewer": reviewer}
    type(filing).objects.filter(pk=filing.pk).update(**columns)
    answer = client_of(county.manager).get("/review/?tab=all")
    assert listed(answer) == []
    filing.revisions.get().reviews.create(
        stage=Stage.SECTION, decision="return", by=reviewer, by_name="甲", at=timezone.now()
    )
    text = words(client_of(reviewer).get("/review/?tab=returned"))
    assert " 100.00 " in text
    assert "999" not in text


def test_filters_are_in_the_address_and_remembered(county: County, client_of: ClientOf) -> None:
    queued(county, "县档案局")
    queued(county, "县农业局")
    client = client_of(county.section_reviewer)
    address = f"/review/?tab=all&cycle={county.cycle.pk}&q=档案&sort=department"
    answer = client.get(address)
    assert listed(answer) == ["县档案局"]
    assert tabs(answer)["待我审"] == 1
    again = client.get("/review/", follow=True)
    assert listed(again) == ["县档案局"]
    assert f'href="?tab=all&amp;cycle={county.cycle.pk}">清除筛选</a>' in html(again)
    cleared = client.get(f"/review/?tab=all&cycle={county.cycle.pk}")
    assert listed(cleared) == ["县档案局", "县农业局"]
    assert "清除筛选" not in words(cleared)
    assert listed(client.get("/review/", follow=True)) == ["县档案局", "县农业局"]


def test_nothing_found_offers_to_clear_the_filters(county: County, client_of: ClientOf) -> None:
    queued(county, "县档案局")
    answer = client_of(county.section_reviewer).get("/review/?q=无此单位")
    assert "没有符合条件的申报表。 清除筛选" in words(answer)


def test_headings_sort_and_show_the_direction(county: County, client_of: ClientOf) -> None:
    queued(county, "少", fen=1)
    queued(county, "多", fen=2)
    client = client_of(county.section_reviewer)
    base = f"?tab=mine&amp;cycle={county.cycle.pk}&amp;sort="
    answer = client.get("/review/?sort=-money")
    assert listed(answer) == ["多", "少"]
    assert f'<th scope="col" aria-sort="descending"><a href="{base}money">资金（万元）' in html(answer)
    assert f'<th scope="col"><a href="{base}department">单位' in html(answer)
    answer = client.get("/review/?sort=money")
    assert listed(answer) == ["少", "多"]
    assert f'aria-sort="ascending"><a href="{base}-money">' in html(answer)


def test_one_cycle_is_shown_first_the_one_that_waits(county: County, client_of: ClientOf) -> None:
    newer = Cycle.objects.create(
        year=county.cycle.year + 1,
        edition=county.cycle.edition,
        opens_on=county.cycle.opens_on,
        deadline=county.cycle.deadline,
        stages=county.cycle.stages,
        started_at=timezone.now(),
    )
    queued(county, "甲局")
    client = client_of(county.section_reviewer)
    assert listed(client.get("/review/", follow=True)) == ["甲局"]
    assert listed(client.get(f"/review/?cycle={newer.pk}")) == []
    assert listed(client.get("/review/", follow=True)) == []


def test_fifty_rows_a_page(county: County, client_of: ClientOf) -> None:
    for number in range(51):
        queued(county, f"单位{number}")
    client = client_of(county.section_reviewer)
    assert len(listed(client.get("/review/?tab=all"))) == 50
    assert "第 1 页，共 2 页" in words(client.get("/review/?tab=all"))
    assert len(listed(client.get("/review/?tab=all&page=2"))) == 1


@pytest.mark.parametrize(("user", "number"), [("section_reviewer", 14), ("manager", 13)])
def test_the_page_takes_as_many_queries_however_many_filings(
    county: County, client_of: ClientOf, user: str, number: int
) -> None:
    client = client_of(getattr(county, user))

    def queries(count: int) -> int:
        for index in range(count):
            queued(county, f"{count}-{index}", reviewer=county.section_reviewer, due_on=timezone.localdate())
        address = f"/review/?tab={Tab.ALL}&sort=-findings"
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    assert [queries(count) for count in (1, 3, 60)] == [number] * 3
