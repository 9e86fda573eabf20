"""撤回批复: the copy is revoked and kept, the filing is back at the last stage, the next copy continues the chain."""

import pytest
from django.utils import timezone

from filings.choices import Action, MessageKind, Role, Stage, Status
from filings.errors import NotAllowed, StepRefused
from filings.lifecycle import claims, events, issuing
from filings.models import Filing, IssuedCopy, Message, Review
from filings.reviewing.queue import queue_of
from filings.reviewing.queue_filters import QueueFilters, Tab
from filings.tests.county import County, answer_remarks, create_user, found_county, step, with_reasons
from filings.tests.worker import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return found_county((Stage.SECTION, Stage.PERFORMANCE))


def approved(county: County) -> Filing:
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.section_reviewer)
    return step(Action.APPROVE_STAGE, filing, county.performance_reviewer)


def revoked(county: County) -> Filing:
    return step(Action.REVOKE, approved(county), county.performance_reviewer, reason="金额有误。")


def test_the_copy_is_revoked_and_kept(county: County) -> None:
    filing = revoked(county)
    copy = IssuedCopy.objects.get()
    assert (filing.status, filing.stage, filing.live_copy()) == (Status.IN_REVIEW, Stage.PERFORMANCE, None)
    assert (copy.live, copy.revoked_by, copy.revoked_by_name, copy.revoked_by_office, copy.revocation_reason) == (
        False,
        county.performance_reviewer,
        "performance_reviewer甲",
        "绩效股",
        "金额有误。",
    )
    assert issuing.read(copy).startswith(b"%PDF")
    assert filing.revisions.count() == 1
    detail = events.detail(filing.events.get(action=Action.REVOKE))
    assert (detail["reason"], detail["code"]) == ("金额有误。", copy.code)
    assert events.first_broken(filing) is None


def test_it_needs_a_reason(county: County) -> None:
    filing = approved(county)
    with pytest.raises(StepRefused, match="请写明撤回批复的理由"):
        step(Action.REVOKE, filing, county.performance_reviewer, reason=" ")
    assert Filing.objects.get().live_copy()


def test_the_same_reviewer_can_approve_the_revision_again(county: County) -> None:
    filing = step(Action.APPROVE_STAGE, revoked(county), county.performance_reviewer)
    old, new = IssuedCopy.objects.order_by("id")
    assert (filing.status, new.live, new.supersedes, old.live) == (Status.APPROVED, True, old, False)
    assert Review.objects.filter(stage=Stage.PERFORMANCE).count() == 2


def test_the_chain_of_copies_stays_one_chain(county: County) -> None:
    filing = step(Action.APPROVE_STAGE, revoked(county), county.performance_reviewer)
    step(Action.REVOKE, filing, county.manager, reason="再核。")
    step(Action.APPROVE_STAGE, filing, county.performance_reviewer)
    first, second, third = IssuedCopy.objects.order_by("id")
    assert (first.supersedes, second.supersedes, third.supersedes) == (None, first, second)
    assert [copy.live for copy in (first, second, third)] == [False, False, True]


def test_the_reviewer_can_return_the_table_after_revoking(county: County) -> None:
    filing = step(Action.RETURN, revoked(county), county.performance_reviewer, reason="改金额。")
    assert filing.status == Status.RETURNED


def adjusted(county: County, until: Status) -> Filing:
    """Bring an adjustment to a status, in review with a claim."""
    filing = step(Action.ADJUST, approved(county), county.filler, reason="预算调整")
    if until in (Status.SIGNING, Status.IN_REVIEW, Status.RETURNED):
        filing = step(Action.SUBMIT, with_reasons(filing, county.filler), county.filler)
    if until in (Status.IN_REVIEW, Status.RETURNED):
        filing = step(Action.SIGN, filing, county.head)
        claims.claim(filing, by=county.section_reviewer)
    if until == Status.RETURNED:
        filing = step(Action.RETURN, filing, county.section_reviewer, reason="改。")
    assert filing.status == until
    return Filing.objects.get()


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SIGNING, Status.IN_REVIEW, Status.RETURNED])
def test_an_adjustment_goes_on_without_the_revoked_copy(county: County, status: Status) -> None:
    before = adjusted(county, status)
    step(Action.REVOKE, before, county.performance_reviewer, reason="金额有误。")
    after = Filing.objects.get()
    kept = ("status", "stage", "round", "due_on", "held_since", "reviewer", "resume_stage", "resume_reviewer")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert (after.adjusts, after.live_copy(), IssuedCopy.objects.get().revocation_reason) == (None, None, "金额有误。")
    with pytest.raises(StepRefused, match="只有已批复或正在调整的申报表可以撤回批复"):
        step(Action.REVOKE, after, county.performance_reviewer, reason="再撤。")
    work()
    message = Message.objects.get(kind=MessageKind.REVOKED, user=county.head)
    assert "原定稿不再有效，请勿使用；调整继续办理，批复后另发定稿。" in message.text


def test_the_copy_of_such_an_adjustment_continues_the_chain(county: County) -> None:
    filing = step(Action.REVOKE, adjusted(county, Status.IN_REVIEW), county.manager, reason="金额有误。")
    filing = step(Action.APPROVE_STAGE, filing, county.section_reviewer)
    filing = step(Action.APPROVE_STAGE, filing, county.performance_reviewer)
    old, new = IssuedCopy.objects.order_by("id")
    assert (filing.status, new.live, new.supersedes, old.live) == (Status.APPROVED, True, old, False)


def test_a_withdrawn_adjustment_keeps_the_time_for_corrections(county: County) -> None:
    filing = step(Action.REVOKE, adjusted(county, Status.IN_REVIEW), county.manager, reason="金额有误。")
    type(county.cycle).objects.update(deadline=county.cycle.opens_on)
    filing = step(Action.WITHDRAW, filing, county.filler)
    assert filing.due_on
    assert filing.due_on > timezone.localdate()


def test_a_revoked_approval_is_no_resubmission_but_a_return_after_it_is(county: County) -> None:
    resubmitted = QueueFilters(tab=Tab.RESUBMITTED)
    filing = revoked(county)
    assert list(queue_of(county.performance_reviewer, resubmitted)) == []
    filing = step(Action.RETURN, filing, county.performance_reviewer, reason="改金额。")
    filing = step(Action.SUBMIT, answer_remarks(filing, county.filler), county.filler)
    filing = step(Action.SIGN, filing, county.head)
    assert list(queue_of(county.performance_reviewer, resubmitted)) == [filing]
    filing = step(Action.APPROVE_STAGE, filing, county.performance_reviewer, exception_reason="已核实。")
    step(Action.REVOKE, filing, county.performance_reviewer, reason="金额有误。")
    assert list(queue_of(county.performance_reviewer, resubmitted)) == []


def test_a_revoked_filing_cannot_be_adjusted(county: County) -> None:
    with pytest.raises(StepRefused, match="只有已批复的申报表可以调整"):
        step(Action.ADJUST, revoked(county), county.filler, reason="预算调整")


@pytest.mark.parametrize("name", ["section_reviewer", "filler", "head"])
def test_others_may_not_revoke(county: County, name: str) -> None:
    with pytest.raises(NotAllowed):
        step(Action.REVOKE, approved(county), getattr(county, name), reason="金额有误。")


def test_a_manager_of_the_same_department_may_not(county: County) -> None:
    filing = approved(county)
    manager = create_user("both", Role.MANAGER, county.performance)
    manager.memberships.create(role=Role.OBSERVER, department=county.department)
    with pytest.raises(NotAllowed, match="不能撤回本单位的批复"):
        step(Action.REVOKE, filing, manager, reason="金额有误。")


def test_the_department_and_the_reviewers_are_notified(county: County) -> None:
    second = create_user("second", Role.REVIEWER, county.performance)
    revoked(county)
    work()
    messages = Message.objects.filter(kind=MessageKind.REVOKED)
    assert {message.user for message in messages} == {county.filler, county.head, second}
    assert "的批复已由绩效股performance_reviewer甲撤回：金额有误。原定稿不再有效" in messages[0].text
