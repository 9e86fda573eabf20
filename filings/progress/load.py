"""Read what 办理进度 needs for any number of filings, with a constant number of queries."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import FilteredRelation, OuterRef, Q, Subquery
from django.utils import timezone

from filings.choices import Action, ApprovalState, OfficeKind, PublicationEnd, Role, Stage
from filings.clocks.working_days import Overrides, overrides
from filings.four_eyes.queries import with_preparers
from filings.models import Event, Filing, Membership, Office, Publication, Withholding
from filings.policy.policy import publication_seed
from filings.progress.build import Move, ProgressFacts, PublicationFacts, WaitingApproval, build
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
    Action.CANCEL_ADJUSTMENT,
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
    moves, states = _moves_of(listed), _states_of(listed)
    members, performance = _members_of(listed), _performance_offices()
    days = overrides() if calendar is None else calendar
    on = today or timezone.localdate()
    return {
        filing.pk: build(
            ProgressFacts(
                filing,
                tuple(moves[filing.pk]),
                states[filing.pk].waiting,
                states[filing.pk].publication,
                _names(members[filing.department_id], states[filing.pk].barred),
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
        if action == Action.CANCEL_ADJUSTMENT:
            _forget_adjustment(moves[key])
            continue
        detail = json.loads(text)
        moves[key].append(Move(action, name, office, at, detail.get("stage", ""), bool(detail.get("late"))))
    return moves


def _forget_adjustment(moves: list[Move]) -> None:
    """Remove the moves of the last adjustment, which was cancelled: the steps are again those of the copy in force."""
    while moves and moves.pop().action != Action.ADJUST:
        pass


@dataclass(frozen=True)
class _State:
    """What a filing waits for besides its status: an approval, its publication, and the users who may not sign it."""

    waiting: WaitingApproval | None
    publication: PublicationFacts
    barred: frozenset[int]


def _states_of(filings: Sequence[Filing]) -> dict[int, _State]:
    waits = Q(pending_approvals__state=ApprovalState.WAITING)
    withheld = Withholding.objects.filter(cycle=OuterRef("cycle"), department=OuterRef("department"), lifted_at=None)
    withdrawn = Publication.objects.filter(
        filing=OuterRef("pk"), end=PublicationEnd.WITHDRAWN, copy__revision__issued_copies__live=True
    ).order_by("-pk")
    rows = with_preparers(Filing.objects.filter(pk__in=[filing.pk for filing in filings])).annotate(
        approval=FilteredRelation("pending_approvals", condition=waits),
        public=FilteredRelation("publications", condition=Q(publications__ended_at__isnull=True)),
        basis=Subquery(withheld.values("basis_label")[:1]),
        withdrawn_at=Subquery(withdrawn.values("ended_at")[:1]),
        withdrawn_by=Subquery(withdrawn.values("ended_by_name")[:1]),
    )
    return {
        row["pk"]: _State(
            WaitingApproval(row["approval__by__name"], at) if (at := row["approval__queued_at"]) else None,
            _publication(row),
            frozenset(filter(None, (row["edited_by"], row["submitted_by"]))),
        )
        for row in rows.order_by().values(*_STATE_COLUMNS)
    }


_DAYS = "cycle__policy__publication__days"
_STATE_COLUMNS = (
    *("pk", "approval__by__name", "approval__queued_at", "edited_by", "submitted_by"),
    *("public__at", "public__by_name", "public__by_office", "public__copy__live"),
    *("basis", "withdrawn_at", "withdrawn_by", _DAYS),
)


def _publication(row: Mapping[str, Any]) -> PublicationFacts:
    # Cycles of earlier versions have no days.
    days = row[_DAYS] or publication_seed()["days"]
    if row["public__at"] is None:
        withdrawn = (row["withdrawn_at"], row["withdrawn_by"] or "")
        return PublicationFacts(days, None, "", "", True, row["basis"] or "", *withdrawn)
    names = (row["public__at"], row["public__by_name"], row["public__by_office"], row["public__copy__live"])
    return PublicationFacts(days, *names, basis=row["basis"] or "")


@dataclass(frozen=True)
class _Member:
    """An active filler or head: the title of their step, user and name."""

    step: str
    user: int
    name: str


def _members_of(filings: Sequence[Filing]) -> dict[int, list[_Member]]:
    """Return fillers and heads by the key of their department."""
    departments = {filing.department_id for filing in filings}
    found = Membership.objects.filter(department__in=departments, role__in=STEP_OF_ROLE, user__is_active=True)
    members: dict[int, list[_Member]] = defaultdict(list)
    for department, role, user, name in found.order_by("pk").values_list("department", "role", "user", "user__name"):
        if department:
            members[department].append(_Member(STEP_OF_ROLE[Role(role)], user, name))
    return members


def _names(members: Iterable[_Member], barred: frozenset[int]) -> dict[str, tuple[str, ...]]:
    """Return by step who can do it now: a filing is not signed by a user who has prepared the version."""
    able = [each for each in members if each.step != SIGNING or each.user not in barred]
    return {step: tuple(each.name for each in able if each.step == step) for step in STEP_OF_ROLE.values()}


def _performance_offices() -> str:
    return "、".join(Office.objects.filter(kind=OfficeKind.PERFORMANCE).values_list("name", flat=True))


def _offices(filing: Filing, performance: str) -> dict[str, str]:
    department = filing.department
    return {
        Stage.SUPERVISOR: department.supervisor.name if department.supervisor else "",
        Stage.SECTION: department.section.name if department.section else "",
        Stage.PERFORMANCE: performance,
    }
