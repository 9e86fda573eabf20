"""Several processes at once: an approval is queued once, and either cancelled or issued."""

from contextlib import suppress

import pytest

from filings.choices import Action, ApprovalState, Role, Stage, Status
from filings.errors import StepRefused
from filings.lifecycle import approvals, events, workflow
from filings.models import Event, Filing, IssuedCopy, PendingApproval
from filings.reviewing.draft_content import DraftContent
from filings.tests.county import County, create_user, fixed_bytes, found_county
from filings.tests.lifecycle.test_races import at_once, in_review

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county() -> County:
    return found_county((Stage.PERFORMANCE,))


def test_each_filing_is_queued_once_by_three_reviewers(county: County) -> None:
    reviewers = [create_user(f"reviewer{index}", Role.REVIEWER, county.performance) for index in range(3)]
    filings = in_review(county, 8)

    def work(number: int) -> None:
        for filing in filings:
            with suppress(StepRefused):
                approvals.queue(filing, by=reviewers[number], expected_lock=filing.lock, content=DraftContent())

    at_once(3, work)
    waiting = PendingApproval.objects.filter(state=ApprovalState.WAITING)
    assert waiting.count() == PendingApproval.objects.count() == len(filings)


def test_an_approval_is_either_cancelled_or_issued(county: County) -> None:
    filings = in_review(county, 6)
    queued = [
        approvals.queue(filing, by=county.performance_reviewer, expected_lock=filing.lock, content=DraftContent())
        for filing in filings
    ]

    def work(number: int) -> None:
        for approval in queued:
            if number:
                approvals.carry_out.call(approval.pk)
            else:
                with suppress(StepRefused):
                    approvals.cancel(approval, by=county.performance_reviewer)

    at_once(3, work)
    for approval in PendingApproval.objects.select_related("filing"):
        is_issued = approval.state == ApprovalState.ISSUED
        assert approval.state in (ApprovalState.ISSUED, ApprovalState.CANCELLED)
        assert (approval.filing.status == Status.APPROVED) == is_issued
        assert approval.filing.issued_copies.count() == is_issued
    assert Event.objects.filter(action=Action.APPROVE_STAGE).count() == IssuedCopy.objects.count()
    assert [filing for filing in Filing.objects.all() if events.first_broken(filing)] == []


def test_a_return_and_an_approval_exclude_each_other(county: County) -> None:
    """Whichever comes second is refused: no filing is returned while an approval of it waits."""
    filings = in_review(county, 8)
    second = create_user("second", Role.REVIEWER, county.performance)

    def work(number: int) -> None:
        for filing in filings:
            with suppress(StepRefused):
                if number:
                    approvals.queue(filing, by=second, expected_lock=filing.lock, content=DraftContent())
                else:
                    workflow.perform(
                        Action.RETURN,
                        filing,
                        by=county.performance_reviewer,
                        expected_lock=filing.lock,
                        printer=fixed_bytes,
                        reason="数字不对",
                    )

    at_once(2, work)
    for filing in Filing.objects.all():
        waits = filing.pending_approvals.filter(state=ApprovalState.WAITING).count()
        assert (filing.status == Status.RETURNED) != bool(waits)
