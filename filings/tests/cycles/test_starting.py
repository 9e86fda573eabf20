"""Checks before the start, the start itself, and the proposal for next year."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from filings.choices import Role, Stage
from filings.cycles import next_year, starting
from filings.cycles.starting import SetupStep
from filings.errors import StepRefused
from filings.models import CalendarDay, Cycle, FormEdition, Membership
from filings.tests.county import County, add_membership

TODAY = date(2026, 3, 2)


@pytest.fixture
def cycle(county: County) -> Cycle:
    """A cycle ready to start: two departments with everyone."""
    Cycle.objects.filter(pk=county.cycle.pk).update(
        started_at=None, year=2026, opens_on=date(2026, 3, 9), deadline=date(2026, 3, 20)
    )
    cycle = Cycle.objects.get(pk=county.cycle.pk)
    cycle.enrolments.exclude(department=county.department).delete()
    return cycle


def stopping(cycle: Cycle) -> list[tuple[SetupStep, str]]:
    return [(check.step, check.sentence) for check in starting.checks(cycle, TODAY) if check.stops]


def start(cycle: Cycle, county: County) -> None:
    starting.start(cycle, by=county.manager, now=timezone.now(), today=TODAY)


def test_a_complete_cycle_starts_once(cycle: Cycle, county: County) -> None:
    assert stopping(cycle) == []
    start(cycle, county)
    started = Cycle.objects.get(pk=cycle.pk)
    assert started.started_by == county.manager
    assert started.started_at
    with pytest.raises(StepRefused, match=r"manager甲已于 .* 启动了这个批次，不需要重复启动"):
        start(cycle, county)


def test_what_is_unusual_is_listed_but_does_not_stop(cycle: Cycle) -> None:
    Cycle.objects.filter(pk=cycle.pk).update(deadline=date(2026, 3, 21))
    cycle.refresh_from_db()
    assert [(check.step, check.sentence) for check in starting.checks(cycle, TODAY)] == [
        (SetupStep.DETAILS, "截止日期 2026-03-21 不是工作日。"),
        (SetupStep.POLICY, "审核表的分值和等级分数线未经核实，请按本地规定修改后勾选「已核实」。"),
        (SetupStep.SEALS, "1 个单位没有印章图片，它们的定稿上没有印章。"),
        (SetupStep.CONTROLS, "1 个单位没有预算控制数，它们的资金总额不与控制数核对。"),
    ]


def test_years_without_holidays_are_noticed(cycle: Cycle) -> None:
    cycle.opens_on, cycle.deadline = date(2097, 12, 31), date(2098, 2, 5)
    noticed = [check.sentence for check in starting.checks(cycle, TODAY) if check.in_calendar]
    assert [sentence.split("，")[0] for sentence in noticed] == [
        "2097 年的放假安排尚未载入",
        "2098 年的放假安排尚未载入",
    ]
    CalendarDay.objects.create(date=date(2098, 2, 10), is_working=False)
    (sentence,) = [check.sentence for check in starting.checks(cycle, TODAY) if check.in_calendar]
    assert sentence == "2097 年的放假安排尚未载入，办理期限按周一至周五上班计算，请登记节假日和调休。"


def test_a_past_deadline_an_empty_list_and_missing_reviewers_stop_the_start(cycle: Cycle, county: County) -> None:
    Membership.objects.filter(user=county.performance_reviewer).delete()
    assert stopping(cycle) == [(SetupStep.PEOPLE, "绩效股没有审核人，1 个单位的申报表无法审核。")]
    cycle.enrolments.all().delete()
    cycle.deadline = TODAY - timedelta(days=1)
    assert stopping(cycle) == [
        (SetupStep.DETAILS, "截止日期 2026-03-01 已经过了，请改到今天以后。"),
        (SetupStep.DEPARTMENTS, "名单上尚无单位。"),
    ]
    with pytest.raises(StepRefused, match="尚有 1 项未办理，不能启动：名单上尚无单位"):
        start(cycle, county)
    assert Cycle.objects.get(pk=cycle.pk).started_at is None


def test_an_invalid_policy_stops_the_start(cycle: Cycle) -> None:
    cycle.policy = {**cycle.policy, "review_days": -1}
    assert stopping(cycle) == [(SetupStep.POLICY, "「-1」须是 0 到 365 的整数。")]


def test_next_year_is_proposed_from_this_year(cycle: Cycle, county: County) -> None:
    newest = FormEdition.objects.create(code=cycle.edition.code, version=9, name="新版", layout={})
    cycle.name = "2026年部门预算"
    details = next_year.propose(cycle)
    assert (details.name, details.year, details.edition, details.stages) == (
        "2027年部门预算", 2027, newest, list(Stage),
    )  # fmt: skip
    # 2027-03-20 is a Saturday.
    assert (details.opens_on, details.deadline) == (date(2027, 3, 9), date(2027, 3, 22))


def test_proposed_dates_follow_the_bureaus_calendar(cycle: Cycle) -> None:
    CalendarDay.objects.create(date=date(2027, 3, 9), is_working=False)
    assert next_year.propose(cycle).opens_on == date(2027, 3, 10)
    cycle.deadline = date(2028, 2, 29)
    assert next_year.propose(cycle).deadline == date(2029, 2, 28)


def test_next_year_takes_over_policy_and_departments_but_not_the_start(cycle: Cycle, county: County) -> None:
    cycle.policy = {**cycle.policy, "review_days": 8}
    cycle.save()
    start(cycle, county)
    made = next_year.create_after(cycle, next_year.propose(cycle))
    assert made.policy == cycle.policy
    assert [item.department for item in made.enrolments.all()] == [county.department]
    assert (made.started_at, made.started_by) == (None, None)


def test_one_user_for_two_stages_stops_the_start(cycle: Cycle, county: County) -> None:
    Membership.objects.filter(user=county.section_reviewer).delete()
    add_membership(county.performance_reviewer, Role.REVIEWER, county.section)
    ((step, sentence),) = stopping(cycle)
    assert step == SetupStep.PEOPLE
    assert "一份表同一人只能审核一个环节" in sentence
