"""A last approval that waits for the worker: no other action is possible on the filing until it is issued or cancelled.

Queueing locks the filing's row and actions update it, so that of two concurrent requests the second sees the first.
"""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from filings.choices import ApprovalState, Status
from filings.errors import StepRefused
from filings.local_time import clock
from filings.models import Filing, PendingApproval, Revision
from filings.reviewing import review_draft


def waiting_approval(filing: Filing) -> PendingApproval | None:
    """Return the approval that waits; only a filing in review has one."""
    if filing.status != Status.IN_REVIEW:
        return None
    return filing.pending_approvals.filter(state=ApprovalState.WAITING).select_related("by").first()


def refuse_while_waiting(filing: Filing) -> None:
    """Raise StepRefused, with who and when, while an approval of the filing waits."""
    if approval := waiting_approval(filing):
        time = clock(approval.queued_at)
        raise StepRefused(
            f"{approval.by}在 {time} 批复了这份申报表，正在等候盖章，暂不能办理其他事项。"
            "需要更改的，请批复人或管理员先撤销批复；否则请稍后刷新页面。"
        )


def finish(filing: Filing, approval: PendingApproval | None, now: datetime) -> None:
    """End the approval that an action carries out, or check that none waits, inside the action's transaction.

    The approver's draft, which the approval carries, is discarded with it.
    Raises StepRefused, and the action is rolled back: if the approval was cancelled meanwhile, or if one was queued.
    """
    if approval is None:
        refuse_while_waiting(filing)
    elif not _waiting(approval).update(state=ApprovalState.ISSUED, finished_at=now):
        raise StepRefused("这次批复已经撤销，未盖章。")
    elif revision := filing.last_revision():
        _discard_draft(revision, approval)


def _discard_draft(revision: Revision, approval: PendingApproval) -> None:
    """Discard the approver's draft, unless it holds what was typed after the approval."""
    draft = review_draft.load(revision, approval.by)
    if draft.saved_at and draft.saved_at <= approval.queued_at:
        review_draft.discard(revision, approval.by, draft.number)


def end(approval: PendingApproval, state: ApprovalState, error: str = "") -> bool:
    """Set another final state; return False if the approval has been issued, cancelled or failed already."""
    return bool(_waiting(approval).update(state=state, error=error, finished_at=timezone.now()))


def _waiting(approval: PendingApproval) -> QuerySet[PendingApproval]:
    return PendingApproval.objects.filter(pk=approval.pk, state=ApprovalState.WAITING)
