"""结束批次: close a cycle, in which nothing can be acted on afterwards, and reopen it with a reason."""

from datetime import datetime

from django.db import transaction

from filings.choices import ApprovalState, CycleAction
from filings.errors import StepRefused, checked_text
from filings.local_time import moment
from filings.models import Cycle, CycleEvent, PendingApproval, User
from filings.permissions import may_act_in

LONGEST_REASON = 500


@transaction.atomic
def close(cycle: Cycle, *, by: User, now: datetime) -> None:
    """Close a started cycle. Raises StepRefused, and then nothing has changed."""
    stored = _locked(cycle)
    if stored.started_at is None:
        raise StepRefused("这个批次尚未启动，不需要结束。")
    if stored.closed_at:
        raise StepRefused(f"{stored.closed_by_name}已于 {moment(stored.closed_at)} 结束了这个批次，不需要重复结束。")
    if waiting := waiting_in(cycle):
        last = moment(max(approval.due_at for approval in waiting))
        raise StepRefused(
            f"有 {len(waiting)} 份申报表已批复、正在等候盖章，见下面的名单。"
            f"请等盖章完成（{last}）后再结束，或撤销批复后再结束。"
        )
    Cycle.objects.filter(pk=cycle.pk).update(closed_at=now, closed_by_name=by.name)
    _record(stored, CycleAction.CLOSE, by, now, "")


@transaction.atomic
def reopen(cycle: Cycle, reason: str, *, by: User, now: datetime) -> None:
    """Reopen a closed cycle, so that everything goes on where it was. Raises StepRefused."""
    why = checked_text(reason, "重新开启的理由", longest=LONGEST_REASON, blank="请写明重新开启的理由。")
    stored = _locked(cycle)
    if stored.closed_at is None:
        raise StepRefused("这个批次尚未结束，不需要重新开启。")
    Cycle.objects.filter(pk=cycle.pk).update(closed_at=None, closed_by_name="")
    _record(stored, CycleAction.REOPEN, by, now, why)


def waiting_in(cycle: Cycle) -> list[PendingApproval]:
    """Return the approvals that still wait, by their time, with their departments. Until then no cycle is closed."""
    waiting = PendingApproval.objects.filter(filing__cycle=cycle, state=ApprovalState.WAITING)
    return list(waiting.select_related("by", "filing__department").order_by("due_at", "pk"))


def refuse_if_closed(cycle: Cycle) -> None:
    """Raise StepRefused for a closed cycle, in which nothing is set up any more."""
    if not (running := may_act_in(cycle)):
        raise StepRefused(running.reason)


def _locked(cycle: Cycle) -> Cycle:
    return Cycle.objects.select_for_update().get(pk=cycle.pk)


def _record(cycle: Cycle, action: CycleAction, by: User, now: datetime, reason: str) -> None:
    CycleEvent.objects.create(cycle=cycle, action=action, by=by, by_name=by.name, at=now, reason=reason)
