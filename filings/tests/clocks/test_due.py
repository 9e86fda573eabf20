"""The clock counts for the holder of a filing: each action sets it, and it is shown with the holder's name."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from filings.choices import Action, Stage, Status
from filings.clocks import due
from filings.models import CalendarDay, Cycle, Extension, Filing
from filings.tests.county import County, answer_remarks, found_county, step, with_reasons

pytestmark = pytest.mark.django_db

LONG_AGO = date(2020, 1, 1)
REVIEW_DAYS, CORRECTION_DAYS = 3, 7
FRIDAY, SATURDAY, MONDAY = date(2099, 3, 6), date(2099, 3, 7), date(2099, 3, 9)


def today(days: int = 0) -> date:
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def county() -> County:
    """A county in which every day of the next weeks is a working day."""
    CalendarDay.objects.bulk_create(CalendarDay(date=today(days), is_working=True) for days in range(30))
    county = found_county((Stage.SECTION, Stage.PERFORMANCE))
    county.cycle.policy |= {"review_days": REVIEW_DAYS, "correction_days": CORRECTION_DAYS}
    county.cycle.save()
    return county


def act(action: Action, filing: Filing, county: County, name: str) -> Filing:
    """Perform an action on a filing whose clock ran out long ago."""
    before = timezone.now()
    if filing.status == Status.RETURNED:
        answer_remarks(filing, county.filler)
    Filing.objects.update(held_since=before - timedelta(days=900), due_on=LONG_AGO)
    filing = step(action, filing, getattr(county, name), reason="测试", exception_reason="已核实。")
    assert filing.held_since >= before
    return filing


def test_a_filing_begins_with_the_departments_deadline(county: County) -> None:
    assert county.started().due_on == county.cycle.deadline


def test_an_extension_counts_from_the_start(county: County) -> None:
    Extension.objects.create(cycle=county.cycle, department=county.department, until=today(20))
    assert county.started().due_on == today(20)


def test_every_action_sets_the_clock_of_the_next_holder(county: County) -> None:
    filing = act(Action.SUBMIT, county.filled(), county, "filler")
    assert filing.due_on == LONG_AGO, "the department keeps its date while it signs"
    filing = act(Action.SEND_BACK, filing, county, "head")
    assert filing.due_on == LONG_AGO
    filing = act(Action.SIGN, act(Action.SUBMIT, filing, county, "filler"), county, "head")
    assert (filing.status, filing.due_on) == (Status.IN_REVIEW, today(REVIEW_DAYS))
    filing = act(Action.WITHDRAW, filing, county, "filler")
    assert (filing.status, filing.due_on) == (Status.DRAFT, county.cycle.deadline)
    filing = act(Action.SIGN, act(Action.SUBMIT, filing, county, "filler"), county, "head")
    filing = act(Action.APPROVE_STAGE, filing, county, "section_reviewer")
    assert (filing.stage, filing.due_on) == (Stage.PERFORMANCE, today(REVIEW_DAYS)), "a new stage begins again"
    filing = act(Action.RETURN, filing, county, "performance_reviewer")
    assert (filing.status, filing.due_on) == (Status.RETURNED, today(CORRECTION_DAYS))
    filing = act(Action.SIGN, act(Action.SUBMIT, filing, county, "filler"), county, "head")
    filing = act(Action.WITHDRAW, filing, county, "filler")
    assert (filing.status, filing.due_on) == (Status.RETURNED, today(CORRECTION_DAYS))
    filing = act(Action.SIGN, act(Action.SUBMIT, filing, county, "filler"), county, "head")
    filing = act(Action.APPROVE_STAGE, filing, county, "performance_reviewer")
    assert (filing.status, filing.due_on) == (Status.APPROVED, None)


def test_an_adjustment_has_days_of_its_own_and_not_the_passed_deadline(county: County) -> None:
    filing = county.in_review()
    for name in ("section_reviewer", "performance_reviewer"):
        filing = act(Action.APPROVE_STAGE, filing, county, name)
    county.cycle.deadline = county.cycle.opens_on
    county.cycle.save()
    filing = act(Action.ADJUST, filing, county, "filler")
    assert (filing.status, filing.due_on) == (Status.DRAFT, today(CORRECTION_DAYS))
    filing = act(Action.SUBMIT, with_reasons(filing, county.filler), county, "filler")
    filing = act(Action.WITHDRAW, act(Action.SIGN, filing, county, "head"), county, "filler")
    assert (filing.status, filing.due_on) == (Status.DRAFT, today(CORRECTION_DAYS))


def test_a_changed_deadline_applies_to_departments_before_their_first_review(county: County) -> None:
    first = county.filled()
    returned = Filing.objects.create(
        cycle=county.cycle,
        department=county.supervising,
        status=Status.RETURNED,
        resume_stage=Stage.SECTION,
        due_on=today(2),
    )
    Extension.objects.create(cycle=county.cycle, department=county.department, until=today(21))
    assert due.reset_department_clocks(county.cycle, county.supervising) == 0
    first.refresh_from_db()
    assert first.due_on == county.cycle.deadline
    assert due.reset_department_clocks(county.cycle, county.department) == 1
    first.refresh_from_db()
    assert first.due_on == today(21)
    Extension.objects.all().delete()
    county.cycle.deadline = today(15)
    county.cycle.save()
    first = step(Action.SUBMIT, first, county.filler)
    assert due.reset_department_clocks(county.cycle) == 1
    first.refresh_from_db()
    returned.refresh_from_db()
    assert (first.due_on, returned.due_on) == (today(15), today(2))
    first = step(Action.SIGN, first, county.head)
    assert due.reset_department_clocks(county.cycle) == 0


@pytest.mark.parametrize(
    ("status", "due_on", "now", "words"),
    [
        (Status.IN_REVIEW, MONDAY, FRIDAY, "审核还剩 1 个工作日"),
        (Status.IN_REVIEW, FRIDAY, MONDAY, "审核已超期 1 个工作日"),
        (Status.DRAFT, FRIDAY, FRIDAY, "单位今天到期"),
        (Status.RETURNED, FRIDAY, SATURDAY, "单位已到期"),
        (Status.SIGNING, SATURDAY, FRIDAY, "单位还剩 0 个工作日"),
        (Status.SIGNING, FRIDAY, date(2099, 3, 11), "单位已逾期 3 个工作日"),
    ],
)
def test_a_clock_names_the_holder_and_counts_working_days(status: Status, due_on: date, now: date, words: str) -> None:
    clock = due.clock_of(Filing(cycle=Cycle(), status=status, due_on=due_on), {}, now)
    assert clock
    assert (clock.words, clock.due_on, clock.has_passed) == (words, due_on, due_on < now)


def test_an_approved_filing_has_no_clock() -> None:
    assert due.clock_of(Filing(status=Status.APPROVED), {}) is None
