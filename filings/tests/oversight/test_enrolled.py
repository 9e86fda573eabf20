"""Departments of a cycle: state, clock, lateness, counts that equal the lists, order, and who oversees them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from filings.choices import Action, Status
from filings.models import Cycle, Department, Enrolment, Extension, Filing, IssuedCopy, Revision, User
from filings.oversight.counts import counts_of
from filings.oversight.enrolled import EnrolledDepartment, departments, enrolled_of
from filings.oversight.filters import LATE, MISSING, NO_SECTION, ON_TIME, BoardFilter
from filings.oversight.states import NOT_STARTED, STATES
from filings.tests.county import County, enrol, step

TODAY = timezone.localdate()
EVERYTHING = BoardFilter()


def rows(county: County, chosen: BoardFilter = EVERYTHING, *, by: User | None = None) -> list[EnrolledDepartment]:
    enrolled = enrolled_of(county.cycle, by or county.manager, today=timezone.localdate())
    return departments(chosen.apply(enrolled))


def names(county: County, chosen: BoardFilter = EVERYTHING, *, by: User | None = None) -> list[str]:
    return [row.name for row in rows(county, chosen, by=by)]


def row_of(county: County, name: str = "县档案馆") -> EnrolledDepartment:
    (row,) = (row for row in rows(county) if row.name == name)
    return row


def test_a_department_that_has_not_started_has_the_clock_of_the_cycle(county: County) -> None:
    row = row_of(county)
    assert (row.state, row.filing, row.due, row.deadline) == (NOT_STARTED, None, *[county.cycle.deadline] * 2)
    assert row.since == county.cycle.started_at
    assert row.state_label == "未开始"


def test_a_filing_brings_its_state_holder_and_clock(county: County) -> None:
    filing = county.in_review()
    due = TODAY + timedelta(days=3)
    Filing.objects.update(due_on=due, reviewer=county.supervisor_reviewer)
    row = row_of(county)
    assert (row.filing, row.state, row.stage, row.due) == (filing.pk, Status.IN_REVIEW, "supervisor", due)
    assert (row.supervisor_name, row.reviewer_name, row.state_label) == (
        "县委办公室",
        "supervisor_reviewer甲",
        "主管部门审核中",
    )


def test_a_filing_of_another_cycle_does_not_count(county: County) -> None:
    county.in_review()
    other = county.cycle
    other.pk, other._state.adding, other.name = None, True, "另一批次"
    other.save()
    enrol(other, county.department)
    assert [row.state for row in departments(enrolled_of(other, county.manager, today=TODAY))] == [NOT_STARTED]


def test_an_extension_moves_the_deadline(county: County) -> None:
    until = county.cycle.deadline + timedelta(days=5)
    Extension.objects.create(cycle=county.cycle, department=county.department, until=until)
    assert (row_of(county).deadline, row_of(county).due) == (until, until)


def test_overdue_is_the_clock_of_the_holder(county: County) -> None:
    county.in_review()
    county.cycle.deadline = TODAY - timedelta(days=1)
    county.cycle.save()
    Filing.objects.update(due_on=None)
    assert names(county, BoardFilter(overdue="1")) == ["县委办公室", "县教育局"]
    Filing.objects.update(due_on=TODAY - timedelta(days=1))
    assert names(county, BoardFilter(overdue="1")) == ["县委办公室", "县档案馆", "县教育局"]
    Filing.objects.update(due_on=TODAY)
    assert not row_of(county).is_overdue


def test_an_approved_table_waits_for_no_one_and_its_adjustment_is_not_late(county: County) -> None:
    filing = county.in_review()
    revision = Revision.objects.get()
    copy = IssuedCopy.objects.create(
        filing=filing, revision=revision, sha256="0" * 64, code="A" * 12, issued_at=timezone.now()
    )
    Filing.objects.update(status=Status.APPROVED, stage="", due_on=None)
    row = row_of(county)
    assert (row.since, row.due, row.is_overdue) == (None, None, False)
    county.cycle.deadline = TODAY - timedelta(days=1)
    county.cycle.save()
    Filing.objects.update(status=Status.DRAFT, adjusts=copy, due_on=None)
    row = row_of(county)
    assert (row.state_label, row.is_overdue, row.submitted_at) == ("填报中（调整）", False, revision.submitted_at)


def test_submission_is_compared_with_the_departments_own_deadline(county: County) -> None:
    county.signing()
    assert names(county, BoardFilter(timing=ON_TIME)) == ["县档案馆"]
    assert names(county, BoardFilter(timing=MISSING)) == ["县委办公室", "县教育局"]
    county.cycle.deadline = TODAY - timedelta(days=1)
    county.cycle.save()
    assert names(county, BoardFilter(timing=LATE)) == ["县档案馆"]
    Extension.objects.create(cycle=county.cycle, department=county.department, until=TODAY)
    assert names(county, BoardFilter(timing=ON_TIME)) == ["县档案馆"]


@pytest.mark.parametrize(("action", "by"), [(Action.SEND_BACK, "head"), (Action.WITHDRAW, "filler")])
def test_a_step_back_leaves_the_first_submission(county: County, action: Action, by: str) -> None:
    filing = step(action, county.signing(), getattr(county, by), reason="改")
    assert filing.status == Status.DRAFT
    assert names(county, BoardFilter(timing=ON_TIME)) == ["县档案馆"]
    assert row_of(county).submitted_at == Revision.objects.get().submitted_at


def test_counts_equal_the_lists(county: County) -> None:
    county.in_review()
    county.cycle.deadline = TODAY - timedelta(days=1)
    county.cycle.save()
    counts = counts_of(enrolled_of(county.cycle, county.manager, today=TODAY))
    assert [section.name for section in counts.sections] == ["行政政法股", "未归口股室"]
    for section in (*counts.sections, counts.all):
        assert section.total == len(names(county, BoardFilter(section=section.section)))
        assert section.overdue == len(names(county, BoardFilter(section=section.section, overdue="1")))
        for state in STATES:
            found = names(county, BoardFilter(section=section.section, state=str(state)))
            assert section.by_state[state] == len(found)
        for timing in (ON_TIME, LATE, MISSING):
            assert section.measures[timing] == len(names(county, BoardFilter(section=section.section, timing=timing)))
    assert (counts.all.total, counts.all.by_state[NOT_STARTED], counts.all.measures["missing_overdue"]) == (3, 2, 2)


@pytest.mark.parametrize(
    ("deadline", "rates", "of_all"),
    [
        (TODAY, [100, None], 100),
        (TODAY - timedelta(days=1), [0, 0], 0),
    ],
)
def test_the_rate_on_time_counts_submissions_and_missed_deadlines(
    county: County, deadline: date, rates: list[int | None], of_all: int
) -> None:
    county.in_review()
    Cycle.objects.update(deadline=deadline)
    cycle = Cycle.objects.get()
    for closed_at in (None, timezone.now()):
        cycle.closed_at = closed_at
        counts = counts_of(enrolled_of(cycle, county.manager, today=TODAY))
        assert [section.percent_on_time for section in counts.sections] == rates
        assert counts.all.percent_on_time == of_all


def test_a_missed_deadline_lowers_the_rate_until_it_is_extended(county: County) -> None:
    """One of two departments of a section submitted on time; the deadline of the other passes."""
    county.in_review()
    Extension.objects.create(cycle=county.cycle, department=county.department, until=TODAY)
    Cycle.objects.update(deadline=TODAY - timedelta(days=1))
    cycle = Cycle.objects.get()
    assert rate_of_first_section(cycle, county) == 50
    Extension.objects.create(cycle=county.cycle, department=county.supervising, until=TODAY)
    assert rate_of_first_section(cycle, county) == 100


def rate_of_first_section(cycle: Cycle, county: County) -> int | None:
    return counts_of(enrolled_of(cycle, county.manager, today=TODAY)).sections[0].percent_on_time


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (BoardFilter(q="xdag"), ["县档案馆"]),
        (BoardFilter(q="XJY"), ["县教育局"]),
        (BoardFilter(q="教育"), ["县教育局"]),
        (BoardFilter(q="10"), ["县委办公室", "县档案馆"]),
        (BoardFilter(q="%"), []),
        (BoardFilter(section=NO_SECTION), ["县教育局"]),
        (BoardFilter(section=str(10**18)), []),
        (BoardFilter(sort="-code"), ["县教育局", "县档案馆", "县委办公室"]),
        (BoardFilter(sort="name"), ["县档案馆", "县教育局", "县委办公室"]),
        (BoardFilter(sort="state"), ["县委办公室", "县教育局", "县档案馆"]),
        (BoardFilter(sort="since"), ["县委办公室", "县教育局", "县档案馆"]),
        (BoardFilter(sort="-reminded"), ["县委办公室", "县档案馆", "县教育局"]),
    ],
)
def test_the_list_is_searched_and_sorted(county: County, chosen: BoardFilter, expected: list[str]) -> None:
    county.in_review()
    assert names(county, chosen) == expected


def test_an_address_keeps_the_filter_and_ignores_nonsense() -> None:
    chosen = BoardFilter("3", "draft", "section", "late", "1", "档案 馆", "-due")
    assert BoardFilter.parse({"section": "3", "state": "draft", "stage": "section", "timing": "late"}) == BoardFilter(
        "3", "draft", "section", "late"
    )
    assert chosen.query.startswith("section=3&state=draft&stage=section&timing=late&overdue=1&q=%E6%A1%A3")
    nonsense = dict.fromkeys(("section", "state", "stage", "timing", "overdue", "sort"), "²x")
    assert BoardFilter.parse(nonsense) == BoardFilter()
    assert BoardFilter.parse({"sort": "--code", "q": "  "}) == BoardFilter()
    assert BoardFilter().sorted_by("code").sort == "-code"
    assert not BoardFilter(sort="due").is_filtered


def test_managers_and_the_performance_office_oversee_all_a_section_its_own(county: County) -> None:
    everything = ["县委办公室", "县档案馆", "县教育局"]
    for user in (county.manager, county.performance_reviewer):
        assert names(county, by=user) == everything
    assert names(county, by=county.section_reviewer) == everything[:2]
    for user in (county.filler, county.supervisor_reviewer, county.stranger):
        assert names(county, by=user) == []


def test_a_department_off_the_list_is_not_shown(county: County) -> None:
    Enrolment.objects.filter(department=county.department).delete()
    assert Department.objects.count() == 3
    assert names(county) == ["县委办公室", "县教育局"]


def test_subqueries_are_not_sorted_by_the_usual_order_of_their_model(county: County) -> None:
    # Each of them joined cycles and departments for it, once for each department of the cycle.
    enrolled = enrolled_of(county.cycle, county.manager, today=timezone.localdate())
    assert '"filings_cycle"' not in str(enrolled.order_by().query)
