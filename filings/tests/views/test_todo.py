"""待办: users see exactly what waits for them, with deadlines, in a constant number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from filings.choices import Action, Role, Status
from filings.clocks.working_days import add_working_days
from filings.models import CalendarDay, Department, Extension, Filing
from filings.publication.publish import publish
from filings.tests.county import County, add_membership, enrol, step
from filings.tests.publication.published import approved
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words


def test_each_user_sees_only_what_waits_for_them(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    head = client_of(county.head).get("/")
    assert f'href="/filings/{filing.pk}/signing/">审签</a>' in html(head)
    assert "待办 1" in words(head)
    for other in (county.filler, county.observer, county.manager, county.section_reviewer):
        answer = client_of(other).get("/")
        assert "当前没有需要您办理的事项。" in words(answer)
        assert "待办 0" in words(answer)


def test_a_reviewer_sees_filings_at_their_stage(county: County, client_of: ClientOf) -> None:
    county.in_review()
    page = client_of(county.supervisor_reviewer).get("/")
    assert f'href="/review/?tab=mine&amp;cycle={county.cycle.pk}">审核</a>' in html(page)
    assert f"{county.cycle} 1 份 审核" in words(page)
    assert "当前没有需要您办理的事项。" in words(client_of(county.section_reviewer).get("/"))


def test_a_filler_starts_once_and_then_finds_the_editor(county: County, client_of: ClientOf) -> None:
    client = client_of(county.filler)
    address = f"/cycles/{county.cycle.pk}/departments/{county.department.pk}/start/"
    assert f'action="{address}"' in html(client.get("/"))
    assert client.post(address).url == client.post(address).url  # type: ignore[attr-defined]
    filing = Filing.objects.get()
    page = html(client.get("/"))
    assert address not in page
    assert f'href="/filings/{filing.pk}/fill/">填报</a>' in page


def test_starting_for_another_department_or_role_is_refused(county: County, client_of: ClientOf) -> None:
    address = f"/cycles/{county.cycle.pk}/departments/{county.department.pk}/start/"
    assert client_of(county.stranger).post(address).status_code == 404
    answer = client_of(county.head).post(address)
    assert answer.status_code == 403
    assert "这一步由「县档案馆」的填报人办理。" in words(answer)
    assert not Filing.objects.exists()


def test_starting_before_the_opening_is_refused_with_the_day(county: County, client_of: ClientOf) -> None:
    county.cycle.opens_on = timezone.localdate() + timedelta(days=1)
    county.cycle.save()
    client = client_of(county.filler)
    answer = client.post(f"/cycles/{county.cycle.pk}/departments/{county.department.pk}/start/", follow=True)
    assert f"本批次 {county.cycle.opens_on} 开始申报" in words(answer)
    assert "可以开始填报" not in words(answer)
    assert not Filing.objects.exists()


def test_what_can_be_started_shows_the_departments_deadline(county: County, client_of: ClientOf) -> None:
    every_day_is_worked()
    client = client_of(county.filler)
    assert f"{county.cycle.deadline} 单位还剩 10 个工作日" in words(client.get("/"))
    until = timezone.localdate() + timedelta(days=12)
    Extension.objects.create(cycle=county.cycle, department=county.department, until=until)
    assert f"{until} 单位还剩 12 个工作日" in words(client.get("/"))


@pytest.mark.parametrize(("days", "shown"), [(12, "还剩 12 个工作日"), (0, "今天到期"), (-3, "已逾期 3 个工作日")])
def test_the_clock_counts_for_the_holder(county: County, client_of: ClientOf, days: int, shown: str) -> None:
    """The bureau's days count while it holds the table, and no others."""
    every_day_is_worked()
    due_on = timezone.localdate() + timedelta(days=days)
    county.cycle.deadline = county.cycle.opens_on
    county.cycle.save()
    filing = county.filled()
    Filing.objects.update(due_on=due_on)
    for address in ("/", "/filings/", f"/filings/{filing.pk}/", f"/filings/{filing.pk}/fill/"):
        assert f"{due_on} 单位{shown}" in words(client_of(county.filler).get(address))
    step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)
    Filing.objects.update(due_on=due_on)
    of_bureau = shown.replace("逾期", "超期")
    for address in ("/filings/", f"/filings/{filing.pk}/"):
        assert f"{due_on} 审核{of_bureau}" in words(client_of(county.supervisor_reviewer).get(address))


def every_day_is_worked() -> None:
    days = range(-20, 40)
    CalendarDay.objects.bulk_create(
        CalendarDay(date=timezone.localdate() + timedelta(days=day), is_working=True) for day in days
    )


def test_a_user_without_membership_sees_whom_to_ask(county: County, client_of: ClientOf) -> None:
    county.filler.memberships.all().delete()
    answer = client_of(county.filler).get("/")
    assert "您的账号尚未任职" in words(answer)


def test_users_who_publish_see_what_is_to_be_published(county: County, client_of: ClientOf) -> None:
    filing = approved(county)
    due_on = add_working_days(timezone.localdate(), 20, {})
    page = client_of(county.performance_reviewer).get("/")
    assert f"{county.cycle} 待公开 1 份，最早应于 {due_on} 前公开" in words(page)
    assert f'href="/cycles/{county.cycle.pk}/publication/"' in html(page)
    assert "待公开" not in words(client_of(county.section_reviewer).get("/"))
    publish(filing.pk, by=county.manager, now=timezone.now())
    assert "待公开" not in words(client_of(county.manager).get("/"))


@pytest.mark.parametrize(("page", "number"), [("/", 11), ("/filings/", 13)])
def test_a_list_takes_as_many_queries_for_300_filings_as_for_1(
    county: County, client_of: ClientOf, page: str, number: int
) -> None:
    client = client_of(county.performance_reviewer)

    def queries(count: int) -> int:
        _in_performance_review(county, count)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(page)
        assert f"待办 {count}" in words(answer)
        return len(asked)

    assert [queries(count) for count in (1, 3, 300)] == [number] * 3


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_progress_of_all_tables_takes_as_many_queries_as_of_one(
    county: County, client_of: ClientOf, count: int
) -> None:
    made = [Department(code=f"9{index}", name=f"单位{index}") for index in range(count)]
    for department in Department.objects.bulk_create(made):
        add_membership(county.filler, Role.FILLER, department)
        Filing.objects.create(cycle=county.cycle, department=department)
    client = client_of(county.filler)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/")
    assert words(answer).count("填报 filler甲 已办理不满 1 个工作日") == count
    assert len(asked) == 15


@pytest.mark.parametrize("count", [1, 3, 300])
def test_what_can_be_started_takes_as_many_queries_however_many(
    county: County, client_of: ClientOf, count: int
) -> None:
    made = [Department(code=f"9{index}", name=f"单位{index}") for index in range(count - 1)]
    for department in Department.objects.bulk_create(made):
        enrol(county.cycle, department)
        add_membership(county.filler, Role.FILLER, department)
    client: Client = client_of(county.filler)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/")
    assert f"待办 {count}" in words(answer)
    assert len(asked) == 11


def _in_performance_review(county: County, count: int) -> None:
    """Create filings in review at the performance section until there are `count`."""
    missing = range(Filing.objects.count(), count)
    departments = Department.objects.bulk_create(Department(code=f"7{index}", name=f"单位{index}") for index in missing)
    Filing.objects.bulk_create(
        Filing(cycle=county.cycle, department=department, status=Status.IN_REVIEW, stage="performance")
        for department in departments
    )
