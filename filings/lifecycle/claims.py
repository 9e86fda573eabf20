"""Claim a filing in review, hand it over, release it; each is recorded in the filing's history.

A claim keeps two reviewers from the same filing and grants nothing. It does not raise `Filing.lock`, so that an open
review page stays valid. Each change names the reviewer that the user saw: of two concurrent claims one succeeds.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from filings import permissions
from filings.actions.table import ACTIONS
from filings.choices import Action, Status
from filings.errors import AlreadyDone, ClaimedByAnother, NotAllowed, StepRefused
from filings.lifecycle import events
from filings.lifecycle.messages.enqueue import enqueue
from filings.lifecycle.waiting_approval import refuse_while_waiting
from filings.models import Filing, User
from filings.permissions import Access


def claim(filing: Filing, *, by: User, over: int | None = None) -> None:
    """Claim the filing at its present stage, from the reviewer with the key `over` if another has it.

    Raises StepRefused, ClaimedByAnother with the present reviewer if that is not `over`.
    """
    current = _in_review(filing, Action.CLAIM)
    access = permissions.may(by, Action.CLAIM, current)
    if current.reviewer_id == by.pk:
        raise AlreadyDone()
    _assign(Action.CLAIM, current, by, access, over=_expected(current, by, over), to=by)


def hand_over(filing: Filing, *, by: User, to: User, over: int | None = None) -> None:
    """Assign the filing to another reviewer of its stage. `over` is the key of the reviewer that the user saw.

    Managers may hand over any filing, reviewers those that no other reviewer has claimed. Raises StepRefused.
    """
    current = _in_review(filing, Action.HAND_OVER)
    access = may_assign(by, current)
    if not permissions.next_users(current).filter(pk=to.pk).exists():
        raise StepRefused(f"{to} 不能审核「{current.department}」的这一版，请另选当前环节的审核人。")
    if current.reviewer_id == to.pk:
        raise StepRefused(f"这份申报表已经由 {to} 审核，不需要移交。")
    _assign(Action.HAND_OVER, current, by, access, over=_expected(current, by, over), to=to)


def release(filing: Filing, *, by: User, over: int | None = None) -> None:
    """Give up the claim, so that every reviewer of the stage can claim the filing. Raises StepRefused."""
    current = _in_review(filing, Action.RELEASE)
    if current.reviewer_id is None:
        raise AlreadyDone()
    _assign(Action.RELEASE, current, by, may_assign(by, current), over=over or by.pk, to=None)


def may_assign(user: User, filing: Filing) -> Access:
    """Whether the user may hand over or release: managers, and reviewers of the stage unless another has claimed it."""
    manages = permissions.may_manage(user)
    if manages:
        return manages
    if other := claimer(filing, user):
        return Access(False, f"这份申报表由 {other} 审核，由认领人或管理员移交或取消认领。")
    return permissions.may_decide(user, filing)


def require_own(filing: Filing, *, by: User, over: int | None) -> None:
    """Check a decision against the claim of another reviewer; take it over if the user has confirmed that as `over`.

    Raises ClaimedByAnother without a confirmation, or if yet another reviewer has claimed it since.
    """
    current = Filing.objects.select_related("reviewer").get(pk=filing.pk)
    other = claimer(current, by)
    if other and over is None:
        raise claimed(current, other)
    if other:
        claim(current, by=by, over=over)


@contextmanager
def own(filing: Filing, *, by: User, over: int | None) -> Iterator[None]:
    """Decide in one transaction with `require_own`: no other user claims the filing meanwhile.

    If the decision is refused, the claim is not taken over either. For decisions that do not print.
    """
    with transaction.atomic():
        Filing.objects.select_for_update().get(pk=filing.pk)
        require_own(filing, by=by, over=over)
        yield


def after(action: Action, filing: Filing, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the claim after an action that makes these changes.

    A claim ends with its stage. A filing that comes back to the stage of the reviewer who returned it is claimed by
    that reviewer again, who must still be active and allowed to decide there.
    """
    if "status" not in changes and "stage" not in changes:
        return {}
    if action == Action.RETURN or filing.resume_reviewer_id is None:
        return {"reviewer": None, "claimed_at": None}
    resumes = changes.get("resume_reviewer", filing.resume_reviewer_id)
    if action == Action.APPROVE_STAGE and _reviews(filing.resume_reviewer_id, filing.stage, filing):
        resumes = None
    stage = changes.get("stage", filing.stage)
    reviewer = resumes if stage and resumes and _reviews(resumes, stage, filing) else None
    return {"resume_reviewer": resumes, "reviewer": reviewer, "claimed_at": timezone.now() if reviewer else None}


def _reviews(user_id: int, stage: str, filing: Filing) -> bool:
    return permissions.reviewers_at(stage, filing.department).filter(pk=user_id).exists()


def _in_review(filing: Filing, action: Action) -> Filing:
    """Read the filing again. Raises StepRefused unless it is in review, in a cycle that is not closed."""
    current = Filing.objects.select_related("cycle", "department", "reviewer").get(pk=filing.pk)
    running = permissions.may_act_in(current.cycle)
    if not running:
        raise StepRefused(running.reason)
    if current.status != Status.IN_REVIEW:
        raise StepRefused(ACTIONS[action].out_of_turn)
    refuse_while_waiting(current)
    return current


def claimer(filing: Filing, user: User) -> User | None:
    """Return another user who has claimed the filing: `permissions.claimed_by_another` for one filing."""
    reviewer = filing.reviewer
    return reviewer if reviewer and reviewer.is_active and reviewer != user else None


def _expected(filing: Filing, by: User, over: int | None) -> int | None:
    """Return the key of the reviewer to replace: the one named, the user, or one whose account is disabled."""
    return filing.reviewer_id if over is None and not claimer(filing, by) else over


def _assign(action: Action, filing: Filing, by: User, access: Access, *, over: int | None, to: User | None) -> None:
    """Set the reviewer if it is still `over`, and record the action."""
    if not access.acting:
        raise NotAllowed(access.reason)
    now = timezone.now()
    with transaction.atomic():
        expected = Filing.objects.filter(pk=filing.pk, status=filing.status, stage=filing.stage, reviewer=over)
        if not expected.update(reviewer=to, claimed_at=now if to else None):
            raise _conflict(_in_review(filing, action), action)
        detail = {"lock": str(filing.lock), "stage": filing.stage}
        if over and filing.reviewer:
            detail["reviewer_before"] = filing.reviewer.name
        if to and to != by:
            detail["reviewer"] = to.name
        event = events.record(filing, action, by=by, acting=access.acting, time=now, detail=detail)
        concerned = to.pk if to and to != by else over
        enqueue(event, to=[concerned] if concerned and concerned != by.pk else [])


def _conflict(filing: Filing, action: Action) -> StepRefused:
    if filing.reviewer:
        return claimed(filing, filing.reviewer)
    return StepRefused(f"{ACTIONS[action].label}未完成：审核人刚有变动，请刷新页面后再办。")


def claimed(filing: Filing, reviewer: User) -> ClaimedByAnother:
    return ClaimedByAnother(reviewer.name, filing.claimed_at or filing.held_since, reviewer.pk)
