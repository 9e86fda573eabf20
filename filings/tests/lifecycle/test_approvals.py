"""The last approval: queued with everything checked, cancelled in time, issued once by the worker."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from filings.choices import Action, ApprovalState, Grade, MessageKind, RemarkState, Role, Stage, Status
from filings.errors import AlreadyDone, NeedsReason, NotAllowed, StepConflict, StepRefused
from filings.formats.pdf import seal
from filings.lifecycle import approvals, waivers, workflow
from filings.lifecycle.decision import entered
from filings.lifecycle.request import ActionInput
from filings.models import Event, Filing, IssuedCopy, Message, PendingApproval, Remark, Review, ReviewDraft, User
from filings.reviewing import review_draft
from filings.reviewing.draft_content import DraftContent, DraftRemark
from filings.reviewing.new_remark import NewRemark
from filings.tests.county import County, create_user, found_county, step
from filings.tests.worker import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return found_county((Stage.PERFORMANCE,))


def queue(county: County, filing: Filing, content: DraftContent | None = None) -> PendingApproval:
    return approvals.queue(
        filing, by=county.performance_reviewer, expected_lock=filing.lock, content=content or DraftContent()
    )


def test_the_worker_issues_the_copy_when_the_time_to_undo_is_over(county: County) -> None:
    filing = county.in_review()
    work()
    approval = queue(county, filing)
    assert approval.due_at == approval.queued_at + timedelta(seconds=10)
    assert work() == 0
    assert Filing.objects.get().status == Status.IN_REVIEW
    work(ahead=True)
    approval.refresh_from_db()
    assert (approval.state, approval.error) == (ApprovalState.ISSUED, "")
    assert Filing.objects.get().status == Status.APPROVED
    assert IssuedCopy.objects.get().live
    assert Event.objects.get(action=Action.APPROVE_STAGE).by == county.performance_reviewer


def test_the_decision_is_carried_out_as_it_was_entered(county: County) -> None:
    content = DraftContent(
        reason="同意。",
        remarks={"indicators[i0]": DraftRemark("明年细化", "goal", internal=True)},
        grade=Grade.FAIR,
        exception_reason="已当面核实。",
    )
    queue(county, county.in_review(), content)
    work(ahead=True)
    review = Review.objects.get()
    assert (review.reason, review.grade, review.exception_reason) == ("同意。", Grade.FAIR, "已当面核实。")
    assert Remark.objects.values_list("place", "text", "code", "internal").get() == (
        "indicators[i0]",
        "明年细化",
        "goal",
        True,
    )


def test_a_draft_becomes_a_decision() -> None:
    content = DraftContent.from_json(
        {
            "remarks": {
                "goals[0]": {"text": "改", "code": "goal", "internal": False, "finding": ""},
                "amounts[TOTAL]": {"text": " "},
            },
            "settled": {"7": "accepted", "8": "", "abc": "accepted", "9" * 30: "accepted", "9": "unknown"},
            "grade": "good",
            "scores": {"format": {"points": "9", "note": ""}},
            "reason": "同意",
        }
    )
    assert entered(content) == ActionInput(
        reason="同意",
        remarks=[NewRemark("goals[0]", "改", "goal")],
        settled={7: RemarkState.ACCEPTED},
        grade=Grade.GOOD,
        scores={"format": {"points": "9", "note": ""}},
        exception_reason="",
        from_first_stage=False,
        whole_form=False,
    )
    assert DraftContent.from_json(content.to_json()) == content


def test_an_unknown_grade_is_left_out() -> None:
    assert entered(DraftContent(grade="best"))["grade"] is None


def test_what_can_be_refused_is_refused_at_once(county: County) -> None:
    filing = county.in_review()
    tasks = DBTaskResult.objects.count()
    with pytest.raises(NeedsReason, match="等级为「差」"):
        queue(county, filing, DraftContent(grade=Grade.POOR))
    with pytest.raises(NotAllowed):
        approvals.queue(filing, by=county.section_reviewer, expected_lock=filing.lock, content=DraftContent())
    with pytest.raises(StepConflict):
        approvals.queue(filing, by=county.performance_reviewer, expected_lock=0, content=DraftContent())
    county.department.seal.save("seal.png", ContentFile(seal.draw("县档案馆")))
    default_storage.delete(str(county.department.seal.name))
    with pytest.raises(StepRefused, match="印章图片文件已不存在"):
        queue(county, filing)
    assert (PendingApproval.objects.count(), DBTaskResult.objects.count()) == (0, tasks)


def test_only_the_last_stage_is_queued() -> None:
    county = found_county()
    filing = county.in_review()
    with pytest.raises(StepRefused, match="后面还有审核环节"):
        approvals.queue(filing, by=county.supervisor_reviewer, expected_lock=filing.lock, content=DraftContent())


def test_a_second_click_queues_nothing_more(county: County) -> None:
    filing = county.in_review()
    queue(county, filing)
    with pytest.raises(AlreadyDone):
        queue(county, filing)
    second = create_user("second", Role.REVIEWER, county.performance)
    with pytest.raises(StepRefused, match=r"performance_reviewer甲在 .* 批复了这份申报表，正在等候盖章"):
        approvals.queue(filing, by=second, expected_lock=filing.lock, content=DraftContent())
    assert PendingApproval.objects.count() == 1


def test_nothing_else_is_possible_while_an_approval_waits(county: County) -> None:
    filing = county.in_review()
    assert Action.RETURN in workflow.possible(filing, county.performance_reviewer)
    queue(county, filing)
    assert workflow.possible(filing, county.performance_reviewer) == ()
    for action, by in (
        (Action.RETURN, county.performance_reviewer),
        (Action.APPROVE_STAGE, county.performance_reviewer),
        (Action.WITHDRAW, county.filler),
    ):
        with pytest.raises(StepRefused, match="正在等候盖章"):
            step(action, filing, by, reason="数字不对")
    with pytest.raises(StepRefused, match="正在等候盖章"):
        waivers.waive(filing, "x", "理由", by=county.manager)
    assert Filing.objects.get().status == Status.IN_REVIEW


@pytest.mark.parametrize("name", ["performance_reviewer", "manager"])
def test_approver_and_managers_can_cancel_in_time(county: County, name: str) -> None:
    filing = county.in_review()
    approval = queue(county, filing)
    approvals.cancel(approval, by=getattr(county, name))
    work(ahead=True)
    approval.refresh_from_db()
    assert (approval.state, Filing.objects.get().status) == (ApprovalState.CANCELLED, Status.IN_REVIEW)
    assert IssuedCopy.objects.count() == 0
    notified = Message.objects.filter(user=county.performance_reviewer, kind=MessageKind.APPROVAL_FAILED)
    assert notified.exists() == (name == "manager")
    with pytest.raises(AlreadyDone):
        approvals.cancel(approval, by=county.performance_reviewer)
    queue(county, filing)
    work(ahead=True)
    assert Filing.objects.get().status == Status.APPROVED


def test_others_cannot_cancel(county: County) -> None:
    approval = queue(county, county.in_review())
    second = create_user("second", Role.REVIEWER, county.performance)
    for user in (second, county.head):
        with pytest.raises(NotAllowed, match="只有批复人performance_reviewer甲和管理员"):
            approvals.cancel(approval, by=user)


def test_an_issued_approval_cannot_be_cancelled(county: County) -> None:
    approval = queue(county, county.in_review())
    work(ahead=True)
    with pytest.raises(StepRefused, match=r"performance_reviewer甲的批复在 \d\d:\d\d:\d\d 已经盖章，不能再撤销"):
        approvals.cancel(approval, by=county.manager)
    assert Filing.objects.get().status == Status.APPROVED


def test_a_task_carried_out_again_issues_no_second_copy(county: County) -> None:
    approval = queue(county, county.in_review())
    approvals.carry_out.call(approval.pk)
    approvals.carry_out.call(approval.pk)
    assert (IssuedCopy.objects.count(), Review.objects.count()) == (1, 1)


def test_an_approval_that_cannot_be_issued_fails_with_a_message(county: County) -> None:
    filing = county.in_review()
    work()
    county.department.seal.save("seal.png", ContentFile(seal.draw("县档案馆")))
    approval = queue(county, filing)
    default_storage.delete(str(county.department.seal.name))
    work(ahead=True)
    approval.refresh_from_db()
    assert (approval.state, Filing.objects.get().status) == (ApprovalState.FAILED, Status.IN_REVIEW)
    assert "印章图片文件已不存在" in approval.error
    message = Message.objects.get(kind=MessageKind.APPROVAL_FAILED)
    assert message.user == county.performance_reviewer
    assert message.text.startswith(f"「县档案馆」{county.cycle.year}年部门整体支出绩效目标表未能批复：")
    assert Action.RETURN in workflow.possible(filing, county.performance_reviewer)
    with pytest.raises(StepRefused, match="未完成，不需要撤销"):
        approvals.cancel(approval, by=county.performance_reviewer)


def test_it_fails_when_the_approver_may_no_longer_decide(county: County) -> None:
    approval = queue(county, county.in_review())
    county.performance_reviewer.memberships.all().delete()
    work(ahead=True)
    approval.refresh_from_db()
    assert approval.state == ApprovalState.FAILED


def test_it_fails_when_the_approver_is_disabled(county: County) -> None:
    approval = queue(county, county.in_review())
    county.performance_reviewer.is_active = False
    county.performance_reviewer.save()
    work(ahead=True)
    approval.refresh_from_db()
    assert "账号已经停用" in approval.error


def test_without_a_time_to_undo_it_is_due_at_once(county: County) -> None:
    county.cycle.policy["undo_seconds"] = 0
    county.cycle.save()
    queue(county, county.in_review())
    work()
    assert Filing.objects.get().status == Status.APPROVED
    assert timezone.now() >= PendingApproval.objects.get().due_at


def typed(filing: Filing, user: User, reason: str = "同意。") -> None:
    revision = filing.revisions.get()
    number = review_draft.load(revision, user).number + 1
    review_draft.save(revision, user, DraftContent(reason=reason), number)


def test_the_draft_of_the_approver_is_discarded_when_the_copy_is_issued(county: County) -> None:
    filing, reviewer = county.in_review(), county.performance_reviewer
    other = create_user("other", Role.REVIEWER, county.performance)
    typed(filing, reviewer)
    typed(filing, other)
    queue(county, filing)
    assert ReviewDraft.objects.filter(by=reviewer).exists()
    work(ahead=True)
    assert ReviewDraft.objects.get().by == other


def test_a_cancelled_or_failed_approval_keeps_the_draft(county: County) -> None:
    filing = county.in_review()
    typed(filing, county.performance_reviewer)
    approvals.cancel(queue(county, filing), by=county.performance_reviewer)
    work(ahead=True)
    queue(county, filing)
    User.objects.filter(pk=county.performance_reviewer.pk).update(is_active=False)
    work(ahead=True)
    assert ReviewDraft.objects.get().content["reason"] == "同意。"


def test_what_the_approver_types_after_approving_is_kept(county: County) -> None:
    filing = county.in_review()
    typed(filing, county.performance_reviewer)
    queue(county, filing)
    typed(filing, county.performance_reviewer, "还有一处要改。")
    work(ahead=True)
    assert ReviewDraft.objects.get().content["reason"] == "还有一处要改。"
