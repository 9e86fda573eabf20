"""Start a filing and perform actions on it. `perform` is the only place where a status changes.

Printing is done before the transaction. The transaction is short and begins with an UPDATE that names the expected
status and lock: of two concurrent requests the second changes nothing.
"""

from datetime import datetime
from typing import Unpack

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from filings import drafts, labels, permissions
from filings.actions.spec import Demand
from filings.actions.table import ACTIONS, label_of
from filings.choices import Action, Status
from filings.clocks.due import due_after_action
from filings.document.text import prose
from filings.drafts import adjustment_reasons
from filings.errors import AlreadyDone, NotAllowed, StepConflict, StepRefused
from filings.lifecycle import attachments, demands, events, issuing, remark_checks, transitions
from filings.lifecycle.messages.enqueue import enqueue
from filings.lifecycle.request import ActionInput, ActionRequest
from filings.lifecycle.waiting_approval import finish, refuse_while_waiting, waiting_approval
from filings.models import Cycle, Department, Event, Filing, Membership, PendingApproval, User


class UndeclaredTransition(Exception):
    """A programming error: an action leads to a status that its declaration does not list."""


def start(cycle: Cycle, department: Department, *, by: User) -> Filing:
    """Return the department's filing in this cycle, creating it if necessary. Raises StepRefused."""
    access = permissions.may_start(by, department)
    if not access.acting:
        raise NotAllowed(access.reason)
    running = permissions.may_act_in(cycle)
    if not running:
        raise StepRefused(running.reason)
    if cycle.started_at is None:
        raise StepRefused("本批次尚未启动，现在不能填报。")
    if not cycle.is_open():
        raise StepRefused(f"本批次 {cycle.opens_on} 开始申报，现在不能填报。")
    if not cycle.enrolments.filter(department=department).exists():
        raise StepRefused(f"「{department}」不在本批次的单位名单里；需要填报的，请与财政局联系。")
    with transaction.atomic():
        filing, created = drafts.start(cycle, department)
        if created:
            now = timezone.now()
            events.record(filing, Action.START, by=by, acting=access.acting, time=now, detail={"lock": "0"})
    return filing


def possible(filing: Filing, by: User) -> tuple[Action, ...]:
    """Return the actions that this user can perform now: the buttons of a page."""
    if waiting_approval(filing):
        return ()
    in_turn = [action for action in ACTIONS if is_in_turn(action, filing)]
    return tuple(action for action in permissions.allowed(by, filing, in_turn) if _is_open(action, filing))


def is_in_turn(action: Action, filing: Filing) -> bool:
    """Whether `perform` carries the action out in the filing's present status."""
    return ACTIONS[action].is_in_turn(Status(filing.status), adjusting=filing.adjusts_id is not None)


def no_one_left(filing: Filing) -> str:
    """Return the sentence that no active user can sign or review the filing now; empty if there is one."""
    waits = filing.status in (Status.SIGNING, Status.IN_REVIEW) and filing.cycle.closed_at is None
    if not waits or permissions.next_users(filing).exists():
        return ""
    if filing.status == Status.SIGNING:
        return (
            f"「{filing.department}」现在没有可以审签这一版的单位负责人（提交人和最后修改人不能审签）。"
            "请与财政局联系，另设一名单位负责人。"
        )
    return (
        f"{labels.STAGE[filing.stage]}环节现在没有可以审核这一版的审核人（填报、审签和在其他环节审核过的人不能审核）。"
        "请管理员另设一名审核人。"
    )


def perform(
    action: Action,
    filing: Filing,
    *,
    by: User,
    expected_lock: int,
    approval: PendingApproval | None = None,
    **entered: Unpack[ActionInput],
) -> Filing:
    """Perform an action on a filing as the user saw it at `expected_lock`, and return the filing as it is afterwards.

    `approval` is the waiting approval that this action carries out. Raises StepRefused, and then nothing has changed.
    """
    request = _requested(action, filing, by, expected_lock, entered)
    if approval is None:
        refuse_while_waiting(request.filing)
    outcome = transitions.outcome(request)
    with transaction.atomic():
        enqueue(carry_out(request, outcome, expected_lock, timezone.now(), approval))
    return request.filing


def check(action: Action, filing: Filing, *, by: User, expected_lock: int, **entered: Unpack[ActionInput]) -> Filing:
    """Check what `perform` would refuse before it prints, and return the present filing. Raises StepRefused."""
    request = _requested(action, filing, by, expected_lock, entered)
    refuse_while_waiting(request.filing)
    demands.check(request)
    return request.filing


def _requested(action: Action, filing: Filing, by: User, expected_lock: int, entered: ActionInput) -> ActionRequest:
    """Build the request on the present filing. Raises StepRefused if lock, status or role do not fit."""
    current = Filing.objects.select_related("cycle__edition", "department").get(pk=filing.pk)
    return ActionRequest(
        action,
        current,
        by,
        _require(current, action, by, expected_lock),
        entered.get("printer") or issuing.print_pdf,
        prose(entered.get("reason", "")),
        remark_checks.checked(entered.get("remarks", ()), current, by),
        entered.get("settled") or {},
        entered.get("grade") or "",
        entered.get("scores") or {},
        prose(entered.get("exception_reason", "")),
        entered.get("from_first_stage", False),
        entered.get("whole_form", False),
        prose(entered.get("note", "")),
        tuple(entered.get("statements", ())),
    )


def _require(filing: Filing, action: Action, by: User, expected_lock: int) -> Membership:
    """Return the membership under which the user acts. Raises StepRefused if lock, status or role do not fit."""
    if filing.lock != expected_lock:
        raise conflict(filing, action, by, expected_lock)
    if not is_in_turn(action, filing):
        raise StepRefused(ACTIONS[action].out_of_turn)
    access = permissions.may(by, action, filing)
    if not access.acting:
        raise NotAllowed(access.reason)
    return access.acting


def _require_declared(request: ActionRequest, outcome: transitions.Outcome) -> None:
    """Compare the outcome with the table of actions before anything is written."""
    before = Status(request.filing.status)
    after = outcome.changes.get("status", before)
    if after not in ACTIONS[request.action].transitions[before]:
        raise UndeclaredTransition(f"{request.action} leads from {before} to {after}")


def carry_out(
    request: ActionRequest,
    outcome: transitions.Outcome,
    expected_lock: int,
    now: datetime,
    approval: PendingApproval | None = None,
) -> Event:
    """Write the outcome of an action at this time and return its event. Raises StepConflict."""
    _require_declared(request, outcome)
    filing = request.filing
    before = filing.status
    due_on = due_after_action(filing, Status(outcome.changes.get("status", before)), timezone.localdate(now))
    changes = {"held_since": now, "due_on": due_on, **outcome.changes}
    with transaction.atomic():
        # Not joined: PostgreSQL would not compare status and lock again after it has waited for another request.
        cycle = Cycle.objects.filter(pk=filing.cycle_id, closed_at=filing.cycle.closed_at).values("pk")
        expected = Filing.objects.filter(pk=filing.pk, status=before, lock=expected_lock, cycle__in=cycle)
        if not expected.update(**changes, lock=F("lock") + 1):
            raise conflict(filing, request.action, request.by, expected_lock)
        finish(filing, approval, now)
        detail = {"lock": str(expected_lock), "from": before, **outcome.write(now)}
        filing.refresh_from_db()
        detail["to"] = filing.status
        if request.action == Action.RETURN and filing.due_on:
            detail["due_on"] = filing.due_on.isoformat()
        return events.record(filing, request.action, by=request.by, acting=request.acting, time=now, detail=detail)


def conflict(filing: Filing, action: Action, by: User, expected_lock: int) -> StepRefused:
    """Build the refusal of an action on an outdated filing: a second click, another change, or a closed cycle."""
    own = filing.events.filter(action=action, by=by).order_by("-number").first()
    if own and events.detail(own)["lock"] == str(expected_lock):
        return AlreadyDone()
    running = permissions.may_act_in(Cycle.objects.get(pk=filing.cycle_id))
    if filing.cycle.closed_at is None and not running:
        return StepRefused(running.reason)
    changing = [Action.START, *(changing for changing, spec in ACTIONS.items() if spec.transitions)]
    done = [
        (event.at, event.by_id, event.by_name, f"办理「{label_of(event.action)}」")
        for event in filing.events.filter(action__in=changing).order_by("-number")[:1]
    ]
    done += [
        (edit.at, edit.by_id, edit.by.name, "修改这份申报表")
        for edit in filing.edits.select_related("by").order_by("-id")[:1]
    ]
    if reason := adjustment_reasons.last_change(filing):
        done.append((reason.at, reason.by_id, reason.by_name, "填写调整原因"))
    if changed := attachments.last_change(filing):
        done.append(changed)
    time, user_id, name, label = max(done)
    return StepConflict("您在另一个窗口" if user_id == by.pk else name, time, label)


def _is_open(action: Action, filing: Filing) -> bool:
    """Whether the action is still available: a withdrawal is not once the revision has been reviewed."""
    return Demand.NOT_REVIEWED not in ACTIONS[action].demands or not demands.is_reviewed(filing)
