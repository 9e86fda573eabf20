"""Read what 办理进度 needs for any number of filings, with a constant number of queries."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from filings.choices import Action, ApprovalState, OfficeKind, Role, Stage
from filings.clocks.working_days import Overrides, overrides
from filings.models import Event, Filing, Membership, Office, PendingApproval
from filings.progress.build import Move, ProgressFacts, WaitingApproval, build
from filings.progress.steps import FILLING, SIGNING, FilingProgress

# The actions that move a filing from one step to another, or begin it again.
MOVES = (
    Action.SUBMIT,
    Action.SEND_BACK,
    Action.SIGN,
    Action.WITHDRAW,
    Action.RETURN,
    Action.APPROVE_STAGE,
    Action.ADJUST,
    Action.REVOKE,
)
STEP_OF_ROLE = {Role.FILLER: FILLING, Role.HEAD: SIGNING}


def load(
    filings: Iterable[Filing], calendar: Overrides | None = None, today: date | None = None
) -> dict[int, FilingProgress]:
    """Return the progress of filings by their keys, with four queries besides the calendar; none for no filings.

    Fetch the filings with cycle, department, its section and supervisor, and reviewer.
    """
    listed = list(filings)
    if not listed:
        return {}
    moves, waiting = _moves_of(listed), _waiting_of(listed)
    names, performance = _names_of(listed), _performance_offices()
    days = overrides() if calendar is None else calendar
    on = today or timezone.localdate()
    return {
        filing.pk: build(
            ProgressFacts(
                filing,
                tuple(moves[filing.pk]),
                waiting.get(filing.pk),
                {step: tuple(found) for step, found in names[filing.department_id].items()},
                _offices(filing, performance),
                days,
                on,
            )
        )
        for filing in listed
    }


def load_one(filing: Filing, calendar: Overrides | None = None) -> FilingProgress:
    """Return the progress of one filing."""
    return load([filing], calendar)[filing.pk]


def _moves_of(filings: Sequence[Filing]) -> dict[int, list[Move]]:
    events = Event.objects.filter(filing__in=filings, action__in=MOVES).order_by("filing", "number")
    moves: dict[int, list[Move]] = defaultdict(list)
    for key, action, name, office, at, text in events.values_list(
        "filing", "action", "by_name", "by_office", "at", "detail"
    ):
        detail = json.loads(text)
        moves[key].append(Move(action, name, office, at, detail.get("stage", ""), bool(detail.get("late"))))
    return moves


def _waiting_of(filings: Sequence[Filing]) -> dict[int, WaitingApproval]:
    approvals = PendingApproval.objects.filter(filing__in=filings, state=ApprovalState.WAITING)
    rows = approvals.values_list("filing", "by__name", "queued_at")
    return {key: WaitingApproval(name, at) for key, name, at in rows}


def _names_of(filings: Sequence[Filing]) -> dict[int, dict[str, list[str]]]:
    """Return the names of active fillers and heads by the key of their department and the title of their step."""
    departments = {filing.department_id for filing in filings}
    members = Membership.objects.filter(department__in=departments, role__in=STEP_OF_ROLE, user__is_active=True)
    names: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for department, role, name in members.order_by("pk").values_list("department", "role", "user__name"):
        if department:
            names[department][STEP_OF_ROLE[Role(role)]].append(name)
    return names


def _performance_offices() -> str:
    return "、".join(Office.objects.filter(kind=OfficeKind.PERFORMANCE).values_list("name", flat=True))


def _offices(filing: Filing, performance: str) -> dict[str, str]:
    department = filing.department
    return {
        Stage.SUPERVISOR: department.supervisor.name if department.supervisor else "",
        Stage.SECTION: department.section.name if department.section else "",
        Stage.PERFORMANCE: performance,
    }
