"""The way of a filing: TRANSITIONS, and `perform`, the only place where a status changes.

What must be printed is printed before the transaction. The transaction is short and begins with an UPDATE that names
the status and the lock it expects: whoever comes second changes nothing.
"""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from filings import drafts, permissions
from filings.choices import Action, Grade, Status
from filings.document.place import Place
from filings.document.text import prose
from filings.errors import (
    AlreadyDone,
    NotAllowed,
    StepConflict,
    StepRefused,
)
from filings.lifecycle import (
    events,
    issuing,
    notifications,
    transitions,
)
from filings.models import Cycle, Department, Filing, Membership, User

# Where each action can lead from each status. Who may take it stands in permissions.WHO.
TRANSITIONS: Mapping[tuple[Status, Action], tuple[Status, ...]] = {
    (Status.DRAFT, Action.SUBMIT): (Status.SIGNING,),
    (Status.RETURNED, Action.SUBMIT): (Status.SIGNING,),
    (Status.SIGNING, Action.SEND_BACK): (Status.DRAFT, Status.RETURNED),
    (Status.SIGNING, Action.SIGN): (Status.IN_REVIEW,),
    (Status.SIGNING, Action.WITHDRAW): (Status.DRAFT, Status.RETURNED),
    (Status.IN_REVIEW, Action.WITHDRAW): (Status.DRAFT, Status.RETURNED),
    (Status.IN_REVIEW, Action.RETURN): (Status.RETURNED,),
    (Status.IN_REVIEW, Action.APPROVE_STAGE): (Status.IN_REVIEW, Status.APPROVED),
    (Status.APPROVED, Action.ADJUST): (Status.DRAFT,),
}
_OUT_OF_TURN = {
    Action.START: "这份申报表已经开始填报。",
    Action.SUBMIT: "只有填报中或被退回的申报表可以提交。",
    Action.SEND_BACK: "只有待单位审签的申报表可以退回填报人。",
    Action.SIGN: "只有待单位审签的申报表可以审签。",
    Action.WITHDRAW: "只有已提交、还没有人审核的申报表可以撤回。",
    Action.RETURN: "只有审核中的申报表可以退回。",
    Action.APPROVE_STAGE: "只有审核中的申报表可以审核通过。",
    Action.ADJUST: "只有已批复的申报表可以调整。",
    Action.WAIVE: "豁免在核对结果处逐项办理。",
}


def start(cycle: Cycle, department: Department, *, by: User) -> Filing:
    """The department's filing in this cycle, begun now unless it was before."""
    answer = permissions.may_start(by, department)
    if not answer.acting:
        raise NotAllowed(answer.reason)
    if not cycle.is_open():
        raise StepRefused(f"本批次 {cycle.opens_on} 开始申报，现在还不能填报。")
    with transaction.atomic():
        filing, created = drafts.start(cycle, department)
        if created:
            events.record(filing, Action.START, by=by, acting=answer.acting, at=timezone.now(), detail={"lock": "0"})
    return filing


def possible(filing: Filing, by: User) -> tuple[Action, ...]:
    """The actions that this person can take now: the buttons of a page."""
    return tuple(
        action
        for status, action in TRANSITIONS
        if status == filing.status and permissions.may(by, action, filing) and _still_open(action, filing)
    )


def perform(
    action: Action,
    filing: Filing,
    *,
    by: User,
    expected_lock: int,
    printer: issuing.Printer | None = None,
    reason: str = "",
    remarks: Iterable[tuple[str, str]] = (),
    grade: Grade | None = None,
    scores: Mapping[str, str] | None = None,
    from_first_stage: bool = False,
) -> Filing:
    """Take a step with a filing as it was seen at `expected_lock`, and answer it as it is then.

    Remarks are (place, text). Raises StepRefused, and then nothing has changed.
    """
    current = Filing.objects.select_related("cycle__edition", "department").get(pk=filing.pk)
    acting = _require(current, action, by, expected_lock)
    request = transitions.Request(
        action,
        current,
        by,
        acting,
        printer or issuing.print_pdf,
        prose(reason),
        tuple(_remark(place, text) for place, text in remarks),
        grade or "",
        scores or {},
        from_first_stage,
    )
    outcome = transitions.outcome(request)
    _carry_out(request, outcome, expected_lock)
    return current


def _require(filing: Filing, action: Action, by: User, expected_lock: int) -> Membership:
    """The membership that the step is taken under."""
    if filing.lock != expected_lock:
        raise _too_late(filing, action, by, expected_lock)
    if (Status(filing.status), action) not in TRANSITIONS:
        raise StepRefused(str(_OUT_OF_TURN[action]))
    answer = permissions.may(by, action, filing)
    if not answer.acting:
        raise NotAllowed(answer.reason)
    return answer.acting


def _carry_out(request: transitions.Request, outcome: transitions.Outcome, expected_lock: int) -> None:
    filing = request.filing
    was = filing.status
    with transaction.atomic():
        mine = Filing.objects.filter(pk=filing.pk, status=was, lock=expected_lock)
        if not mine.update(**outcome.changes, lock=F("lock") + 1):
            raise _too_late(filing, request.action, request.by, expected_lock)
        at = timezone.now()
        detail = {"lock": str(expected_lock), "from": was, **outcome.write(at)}
        filing.refresh_from_db()
        detail["to"] = filing.status
        events.record(filing, request.action, by=request.by, acting=request.acting, at=at, detail=detail)
        transaction.on_commit(lambda: notifications.tell(filing), robust=True)


def _too_late(filing: Filing, action: Action, by: User, expected_lock: int) -> StepRefused:
    """Why a step on an older state is refused: it was the same person's second click, or someone else was first."""
    mine = filing.events.filter(action=action, by=by).order_by("-number").first()
    if mine and events.detail(mine)["lock"] == str(expected_lock):
        return AlreadyDone()
    steps_taken = [(event.at, event.by_name) for event in filing.events.order_by("-number")[:1]]
    saves = [(edit.at, edit.by.name) for edit in filing.edits.select_related("by").order_by("-id")[:1]]
    at, name = max(steps_taken + saves)
    return StepConflict(name, at)


def _remark(place: str, text: str) -> tuple[str, str]:
    try:
        Place.parse(place)
    except ValueError as error:
        raise StepRefused("有一条意见所指的位置不在表中，请刷新页面后再写。") from error
    return place, prose(text)


def _still_open(action: Action, filing: Filing) -> bool:
    """A submitted filing can be withdrawn until somebody has decided on it."""
    revision = filing.last_revision()
    return action != Action.WITHDRAW or revision is None or not revision.reviews.exists()
