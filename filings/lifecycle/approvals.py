"""The last approval, in two steps: a reviewer queues it, and the worker issues the copy when the time to undo is over.

Everything that can be refused is refused when it is queued. Between the two steps it can be cancelled; a conditional
UPDATE decides which of the two wins.
"""

from collections.abc import Callable, Collection
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from filings import permissions
from filings.choices import Action, ApprovalState, MessageKind, Status
from filings.errors import AlreadyDone, NotAllowed, StepRefused
from filings.formats.file import CannotPrint
from filings.lifecycle import issuing, transitions, workflow
from filings.lifecycle.decision import entered
from filings.lifecycle.messages.enqueue import announce
from filings.lifecycle.messages.sentences import table_name
from filings.lifecycle.waiting_approval import end, refuse_while_waiting, waiting_approval
from filings.local_time import clock
from filings.models import Filing, PendingApproval, User
from filings.permissions import Access
from filings.reviewing.draft_content import DraftContent

# Before e-mail and exports: the approver waits for the copy.
PRIORITY = 10


def queue(filing: Filing, *, by: User, expected_lock: int, content: DraftContent) -> PendingApproval:
    """Queue the last approval of a filing as the user saw it. Raises StepRefused, and then nothing has changed."""
    earlier = waiting_approval(filing)
    if earlier and (earlier.by_id, earlier.lock) == (by.pk, expected_lock):
        raise AlreadyDone
    current = workflow.check(Action.APPROVE_STAGE, filing, by=by, expected_lock=expected_lock, **entered(content))
    if not transitions.is_last_stage(current):
        raise StepRefused("后面还有审核环节，现在不是批复。请刷新页面后再办。")
    _require_seal(current)
    now = timezone.now()
    with transaction.atomic():
        expected = Filing.objects.select_for_update().filter(pk=filing.pk, lock=expected_lock, status=Status.IN_REVIEW)
        if expected.first() is None:
            raise workflow.conflict(current, Action.APPROVE_STAGE, by, expected_lock)
        refuse_while_waiting(current)
        approval = PendingApproval.objects.create(
            filing=current,
            by=by,
            lock=expected_lock,
            decision=content.to_json(),
            queued_at=now,
            due_at=now + timedelta(seconds=current.cycle.review_policy().undo_seconds),
        )
        carry_out.using(run_after=approval.due_at).enqueue(approval.pk)
    return approval


def may_cancel(user: User, approval: PendingApproval) -> Access:
    """Whether the user may cancel the approval: the approver and managers."""
    if user.pk == approval.by_id or permissions.may_manage(user):
        return Access(True)
    return Access(False, f"只有批复人{approval.by}和管理员可以撤销这次批复。")


def cancel(approval: PendingApproval, *, by: User) -> None:
    """Cancel a waiting approval; the filing is as before. Raises StepRefused if it is too late."""
    access = may_cancel(by, approval)
    if not access:
        raise NotAllowed(access.reason)
    with transaction.atomic():
        if not end(approval, ApprovalState.CANCELLED):
            raise _too_late(PendingApproval.objects.select_related("by").get(pk=approval.pk))
        if by != approval.by:
            _notify(approval, f"管理员{by}撤销了您对{_table(approval)}的批复，未盖章。表仍在审核中。")


def cancel_all(filings: Collection[int], *, by: User) -> int:
    """Cancel the user's own approvals of these filings that still wait, and return their number."""
    waiting = PendingApproval.objects.filter(filing__in=filings, by=by, state=ApprovalState.WAITING)
    return sum(end(approval, ApprovalState.CANCELLED) for approval in waiting)


@task(priority=PRIORITY)
def carry_out(approval_id: int) -> None:
    """Issue the copy, unless the approval was cancelled or has been carried out before.

    A refusal or an error leaves the filing unchanged and free for other actions; the approver gets a message. An error
    goes on to the worker, which logs it.
    """
    approval = PendingApproval.objects.select_related("by", "filing__cycle", "filing__department").get(pk=approval_id)
    if approval.state != ApprovalState.WAITING:
        return
    try:
        _issue(approval)
    except (StepRefused, CannotPrint) as refusal:
        _fail(approval, str(refusal))
    except OSError:
        _fail(approval, "定稿文件未能存档，请系统管理员检查存储空间和文件。")
        raise
    except Exception:
        _fail(approval, "系统出错，请系统管理员查看日志。")
        raise


def fail_abandoned(queued: Callable[[], Collection[int]]) -> int:
    """Fail the approvals that wait for a task that no longer exists, and return their number.

    `queued` returns the approvals with a task. It is called last: an approval and its task are stored together, so
    that those stored meanwhile are not concerned.
    """
    waiting = list(
        PendingApproval.objects.filter(state=ApprovalState.WAITING).select_related(
            "by", "filing__cycle", "filing__department"
        )
    )
    kept = queued()
    abandoned = [approval for approval in waiting if approval.pk not in kept]
    for approval in abandoned:
        _fail(approval, "盖章时后台进程多次中断，请系统管理员查看日志。")
    return len(abandoned)


def _issue(approval: PendingApproval) -> None:
    if not approval.by.is_active:
        raise StepRefused(f"批复人{approval.by}的账号已经停用，请由另一人重新批复。")
    workflow.perform(
        Action.APPROVE_STAGE,
        approval.filing,
        by=approval.by,
        expected_lock=approval.lock,
        approval=approval,
        **entered(DraftContent.from_json(approval.decision)),
    )


def _fail(approval: PendingApproval, error: str) -> None:
    with transaction.atomic():
        if end(approval, ApprovalState.FAILED, error):
            _notify(approval, f"{_table(approval)}未能批复：{error}表没有变动，请处理后重新批复。")


def _notify(approval: PendingApproval, text: str) -> None:
    announce(
        MessageKind.APPROVAL_FAILED,
        key=f"approval:{approval.pk}",
        text=text,
        to=[approval.by_id],
        url=reverse("review", args=[approval.filing_id]),
        filing=approval.filing,
    )


def _table(approval: PendingApproval) -> str:
    return table_name(approval.filing.cycle, approval.filing.department)


def _require_seal(filing: Filing) -> None:
    """Refuse now what the printer would refuse later: a seal whose file is missing."""
    try:
        issuing.seal_of(filing.department)
    except CannotPrint as error:
        raise StepRefused(str(error)) from error


def _too_late(approval: PendingApproval) -> StepRefused:
    if approval.state == ApprovalState.CANCELLED or approval.finished_at is None:
        return AlreadyDone()
    time = clock(approval.finished_at)
    if approval.state == ApprovalState.FAILED:
        return StepRefused(f"这次批复在 {time} 未完成，不需要撤销：{approval.error}")
    return StepRefused(f"{approval.by}的批复在 {time} 已经盖章，不能再撤销。需要收回的，请在申报表页办理「撤回批复」。")
