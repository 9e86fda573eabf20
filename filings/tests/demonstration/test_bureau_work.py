"""The bureau's pages of the large county have something to show."""

import pytest
from django.utils import timezone

from filings.choices import ApprovalState, ExportKind, JobState, MessageKind, Stage
from filings.models import (
    Consultation,
    CopyComparison,
    Cycle,
    EnrolmentEvent,
    Export,
    Filing,
    IssuedCopy,
    Message,
    PendingApproval,
    Review,
    ReviewDraft,
)
from filings.tests.worker import work

pytestmark = [pytest.mark.usefixtures("loaded"), pytest.mark.django_db]


def this_year() -> Cycle:
    return Cycle.objects.latest("year")


# Last year's copies are published without messages, apart from those withheld or withdrawn; no file is damaged.
OF_PUBLICATION = {
    MessageKind.PUBLISHED,
    MessageKind.COPIES_DONE,
    MessageKind.FILE_DAMAGED,
    MessageKind.INTEGRITY_BROKEN,
}


def test_the_worker_makes_messages_exports_and_the_comparison() -> None:
    work()
    assert set(Message.objects.values_list("kind", flat=True)) == set(MessageKind) - {
        MessageKind.APPROVAL_FAILED,
        MessageKind.SENT_BACK,
        MessageKind.DUE_SOON,
        MessageKind.OVERDUE,
        *OF_PUBLICATION,
    }
    finished = Export.objects.filter(cycle=this_year(), state=JobState.DONE)
    assert set(finished.values_list("kind", flat=True)) == set(ExportKind)
    comparison = CopyComparison.objects.get(cycle=this_year())
    assert (comparison.state, bool(comparison.groups)) == (JobState.DONE, True)


def test_questions_are_open_and_answered() -> None:
    assert {bool(answer) for answer in Consultation.objects.values_list("answer", flat=True)} == {False, True}


def test_reviewers_of_the_demonstration_have_claims_and_a_draft() -> None:
    claimed = Filing.objects.filter(cycle=this_year(), reviewer__isnull=False)
    reviewers = set(claimed.filter(stage=Stage.SECTION).values_list("reviewer__username", flat=True))
    assert {"demo-section", "demo-section-2"} <= reviewers
    assert ReviewDraft.objects.count() == 1


def test_one_approval_waits_and_one_copy_is_revoked() -> None:
    waiting = PendingApproval.objects.get()
    assert (waiting.state, waiting.due_at > timezone.now()) == (ApprovalState.WAITING, True)
    assert IssuedCopy.objects.filter(live=False).count() == 1


def test_score_sheets_of_this_year_are_filled_in() -> None:
    scored = Review.objects.exclude(scores={})
    assert {review.revision.filing.cycle for review in scored} == {this_year()}
    assert len(set(scored.values_list("grade", flat=True))) > 1


def test_departments_that_have_not_begun_are_reminded_or_have_more_time() -> None:
    assert set(EnrolmentEvent.objects.values_list("action", flat=True)) == {"remind", "extend"}
