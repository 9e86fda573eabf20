"""The review queue: whose filings it holds, its tabs, filters, search, order, and the next filing."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone

from filings.choices import Action, Grade, Role, Stage, Status
from filings.models import Department, Filing, Office, Review, User
from filings.reviewing import queue
from filings.reviewing.queue_filters import QueueFilters, SortColumn, Tab
from filings.tests.county import County, add_membership, create_user, found_county
from filings.tests.reviewing.queued import find, queued, revise

ALL = QueueFilters(tab=Tab.ALL)


@pytest.fixture
def county(db: None) -> County:
    return found_county()


def names(user: User, filters: QueueFilters) -> list[str]:
    """List the departments of a queue; check that the counts are those of the lists."""
    for tab, count in queue.tab_counts(user, filters).items():
        assert count == len(queue.queue_of(user, QueueFilters(**{**vars(filters), "tab": tab})))
    return [filing.department.name for filing in queue.queue_of(user, filters)]


def test_a_reviewer_sees_filings_of_the_own_section_that_have_reached_it(county: County) -> None:
    queued(county, "本股室")
    queued(county, "未到本环节", stage=Stage.SUPERVISOR)
    queued(county, "已送绩效股", stage=Stage.PERFORMANCE)
    other = queued(county, "别的股室")
    other.department.section = Office.objects.create(name="农业股", kind="section")
    other.department.save()
    queued(county, "填报中", status=Status.DRAFT, stage="")
    assert names(county.section_reviewer, ALL) == ["本股室", "已送绩效股"]
    assert names(county.section_reviewer, QueueFilters()) == ["本股室"]
    assert names(county.performance_reviewer, ALL) == ["已送绩效股"]
    assert names(county.stranger, ALL) == names(county.head, ALL) == []


def test_a_manager_sees_what_has_reached_any_review(county: County) -> None:
    queued(county, "主管部门", stage=Stage.SUPERVISOR)
    queued(county, "填报中", status=Status.DRAFT, stage="")
    assert names(county.manager, ALL) == ["主管部门"]
    assert names(county.manager, QueueFilters()) == []


def test_the_own_department_is_left_out(county: County) -> None:
    filing = queued(county, "本人单位")
    add_membership(county.section_reviewer, Role.FILLER, filing.department)
    assert names(county.section_reviewer, ALL) == []


def test_claimed_filings_wait_for_the_claimer_alone(county: County) -> None:
    other = create_user("other", Role.REVIEWER, county.section)
    queued(county, "无人认领")
    queued(county, "本人认领", reviewer=county.section_reviewer)
    queued(county, "同事认领", reviewer=other)
    mine = QueueFilters()
    assert names(county.section_reviewer, mine) == ["无人认领", "本人认领"]
    assert names(other, mine) == ["无人认领", "同事认领"]
    assert names(county.section_reviewer, ALL) == ["无人认领", "本人认领", "同事认领"]
    other.is_active = False
    other.save()
    assert names(county.section_reviewer, mine) == ["无人认领", "本人认领", "同事认领"]


def test_who_passed_a_version_at_another_stage_is_not_awaited(county: County) -> None:
    add_membership(county.performance_reviewer, Role.REVIEWER, county.section)
    filing = queued(county, "甲局", stage=Stage.PERFORMANCE)
    assert names(county.performance_reviewer, QueueFilters()) == ["甲局"]
    decide(filing, county.performance_reviewer, Action.APPROVE_STAGE)
    assert names(county.performance_reviewer, QueueFilters()) == []
    assert names(county.performance_reviewer, ALL) == ["甲局"]


def test_tabs(county: County) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    reviewer = county.section_reviewer
    queued(county, "初报", due_on=timezone.localdate())
    again = queued(county, "重报", round=2, resume_stage=Stage.SECTION, resume_reviewer=reviewer)
    decide(again, reviewer, Action.RETURN)
    revise(county, again, number=2)
    queued(county, "超期", due_on=yesterday)
    returned: dict[str, Any] = {
        "stage": "",
        "resume_stage": Stage.SECTION,
        "resume_reviewer": reviewer,
        "due_on": yesterday,
    }
    for name, status in (("已退回", Status.RETURNED), ("退回后待审签", Status.SIGNING)):
        decide(queued(county, name, status=status, **returned), reviewer, Action.RETURN)
    found = {tab: names(reviewer, QueueFilters(tab=tab)) for tab in Tab}
    assert found == {
        Tab.MINE: ["初报", "重报", "超期"],
        Tab.RESUBMITTED: ["重报"],
        Tab.RETURNED: ["已退回", "退回后待审签"],
        Tab.OVERDUE: ["超期"],
        Tab.ALL: ["初报", "重报", "超期", "已退回", "退回后待审签"],
    }
    assert names(county.manager, QueueFilters(tab=Tab.OVERDUE)) == ["超期"]
    assert names(county.manager, QueueFilters(tab=Tab.RETURNED)) == []


def decide(filing: Filing, by: User, action: Action, grade: str = "") -> None:
    revision = filing.revisions.get()
    Review.objects.create(
        revision=revision, stage=Stage.SECTION, decision=action, by=by, grade=grade, at=timezone.now(), by_name=by.name
    )


def test_filters(county: County) -> None:
    first, second = queued(county, "甲局"), queued(county, "乙局", stage=Stage.PERFORMANCE)
    find(first.revisions.get(), "M6")
    decide(second, county.section_reviewer, Action.APPROVE_STAGE, Grade.FAIR)
    user = county.section_reviewer
    assert names(user, QueueFilters(tab=Tab.ALL, rule="M6")) == ["甲局"]
    assert names(user, QueueFilters(tab=Tab.ALL, rule="M7")) == []
    assert names(user, QueueFilters(tab=Tab.ALL, grade=Grade.FAIR)) == ["乙局"]
    assert names(user, QueueFilters(tab=Tab.ALL, stage=Stage.SECTION)) == ["甲局"]
    assert names(user, QueueFilters(tab=Tab.ALL, cycle=county.cycle.pk)) == ["甲局", "乙局"]
    assert names(user, QueueFilters(tab=Tab.ALL, cycle=county.cycle.pk + 1)) == []
    assert names(user, QueueFilters(tab=Tab.ALL, section=county.section.pk)) == ["甲局", "乙局"]
    assert names(user, QueueFilters(tab=Tab.ALL, section=county.performance.pk)) == []


def test_a_rule_is_looked_for_in_the_newest_version(county: County) -> None:
    filing = queued(county, "甲局", round=2)
    find(filing.revisions.get(), "M6")
    revise(county, filing, number=2)
    assert names(county.section_reviewer, QueueFilters(tab=Tab.ALL, rule="M6")) == []


@pytest.mark.parametrize("search", ["档案", "0007", "xdag", "XDAG", "dag"])
def test_search_by_name_code_and_initials(county: County, search: str) -> None:
    queued(county, "县档案局", code="500073", initials="xdaj")
    queued(county, "县档案馆", code="400071", initials="xdag")
    queued(county, "县农业局", code="600020", initials="xnyj")
    expected = ["县档案馆", "县档案局"] if search in ("档案", "0007") else ["县档案馆"]
    filters = QueueFilters(tab=Tab.ALL, search=search, sort=SortColumn.DEPARTMENT, descending=False)
    assert names(county.section_reviewer, filters) == expected


def test_search_by_receipt_number(county: County) -> None:
    found = queued(county, "县档案馆")
    queued(county, "县农业局")
    receipt = found.revisions.get().receipt
    searches = (receipt, receipt.lower(), f"{receipt}0")
    results = [names(county.section_reviewer, QueueFilters(tab=Tab.ALL, search=search)) for search in searches]
    assert results == [["县档案馆"], ["县档案馆"], []]


def test_search_takes_wildcards_as_text(county: County) -> None:
    queued(county, "县档案局", initials="xdaj")
    assert [names(county.section_reviewer, QueueFilters(tab=Tab.ALL, search=text)) for text in ("%", "_", "县%局")] == [
        [],
        [],
        [],
    ]


def test_sorting_by_each_column(county: County) -> None:
    now = timezone.now()
    late = create_user("late", Role.REVIEWER, county.section)
    other = Office.objects.create(name="农业股", kind="section")
    queued(county, "甲", fen=3, round=3, held_since=now - timedelta(days=2), counts={"warnings": 2}, reviewer=late)
    queued(county, "乙", fen=1, round=1, held_since=now - timedelta(days=3), counts={"errors": 1})
    queued(county, "丙", fen=2, round=2, held_since=now, counts={"warnings": 2, "asked": 2, "explained": 1})
    Department.objects.filter(name="乙").update(section=other)
    expected = {
        SortColumn.DEPARTMENT: "甲乙丙",
        SortColumn.MONEY: "乙丙甲",
        SortColumn.FINDINGS: "甲丙乙",
        SortColumn.ROUND: "乙丙甲",
        SortColumn.WAITING: "丙甲乙",
    }
    add_membership(county.section_reviewer, Role.REVIEWER, other)
    for column, order in expected.items():
        for descending in (False, True):
            filters = QueueFilters(tab=Tab.ALL, sort=column, descending=descending)
            assert "".join(names(county.section_reviewer, filters)) == (order[::-1] if descending else order)
    by_reviewer = QueueFilters(tab=Tab.ALL, sort=SortColumn.REVIEWER)
    assert names(county.section_reviewer, by_reviewer) == ["甲", "乙", "丙"]
    by_section = QueueFilters(tab=Tab.ALL, sort=SortColumn.SECTION)
    assert names(county.section_reviewer, by_section)[:1] == (["乙"] if other.name > county.section.name else ["甲"])


@pytest.mark.parametrize("descending", [False, True])
def test_approved_filings_come_after_those_that_wait(county: County, descending: bool) -> None:
    now = timezone.now()
    approved = queued(county, "已批复", status=Status.APPROVED, stage="", held_since=now - timedelta(days=9))
    decide(approved, county.section_reviewer, Action.APPROVE_STAGE)
    queued(county, "待审", held_since=now - timedelta(days=1))
    assert names(county.section_reviewer, QueueFilters(tab=Tab.ALL, descending=descending)) == ["待审", "已批复"]


def test_the_next_filing_follows_in_the_queue(county: County) -> None:
    now = timezone.now()
    other = create_user("other", Role.REVIEWER, county.section)
    first, second, third = (
        queued(county, name, held_since=now - timedelta(days=days)) for name, days in (("一", 5), ("二", 3), ("三", 1))
    )
    queued(county, "同事的", held_since=now - timedelta(days=4), reviewer=other)
    user, filters = county.section_reviewer, QueueFilters()
    assert queue.next_after(user, filters, first) == second
    assert queue.next_after(user, ALL, second) == third
    assert queue.next_after(user, filters, third) == first
    assert queue.position_of(user, filters, second) == queue.Position(2, 3)
    assert queue.position_of(user, ALL, second) == queue.Position(3, 4)
    Filing.objects.filter(pk__in=[first.pk, second.pk]).update(stage=Stage.PERFORMANCE)
    assert queue.next_after(user, filters, first) == third
    assert queue.position_of(user, filters, second) is None
    Filing.objects.filter(pk=third.pk).update(stage=Stage.PERFORMANCE)
    assert queue.next_after(user, filters, second) is None


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("column", SortColumn)
def test_positions_and_next_filings_are_those_of_the_list(county: County, column: SortColumn, descending: bool) -> None:
    now = timezone.now()
    reviewers = [None, county.section_reviewer, None, None]
    for number, reviewer in enumerate(reviewers):
        filing = queued(county, f"单位{number}", held_since=now - timedelta(days=number % 3), reviewer=reviewer)
        filing.amounts.update(fen=None if number == 1 else number % 2)
    user, filters = county.section_reviewer, QueueFilters(tab=Tab.ALL, sort=column, descending=descending)
    listed = list(queue.queue_of(user, filters))
    places = [queue.position_of(user, filters, filing) for filing in listed]
    assert places == [queue.Position(number, 4) for number in (1, 2, 3, 4)]
    assert [queue.next_after(user, filters, filing) for filing in listed] == [*listed[1:], listed[0]]


def test_filters_are_written_as_they_are_read() -> None:
    filters = QueueFilters(Tab.OVERDUE, 3, 4, Stage.SECTION, "M6", Grade.GOOD, "档案 & 局", SortColumn.MONEY, False)
    assert QueueFilters.from_query(QueryDict(filters.query_string())) == filters
    assert QueueFilters.from_query(QueryDict(QueueFilters().query_string())) == QueueFilters()
    assert QueueFilters().query_string() == "tab=mine"


@pytest.mark.parametrize(
    "query",
    ["", "tab=x&cycle=a&section=-1&stage=x&rule=Z9&grade=x&sort=lock&q=%00", "cycle=99999999999999999999", "section=²"],
)
def test_unknown_values_count_as_not_given(query: str) -> None:
    assert QueueFilters.from_query(QueryDict(query)) == QueueFilters()
