"""Record reminders and extensions: in the chain of events of a filing, before its start with the enrolment."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from filings.choices import Action
from filings.errors import NotAllowed, StepRefused
from filings.lifecycle import events
from filings.models import Cycle, Department, Enrolment, EnrolmentEvent, Filing, Membership, User
from filings.oversight.enrolled import EnrolledDepartment
from filings.permissions import Access, may_act_in

Permission = Callable[[User, Department], Access]


@dataclass(frozen=True)
class HistoryEntry:
    """Data recorded for one department. `acting` is the membership that allows it."""

    row: EnrolledDepartment
    acting: Membership
    reason: str


def lock(cycle: Cycle, ids: Iterable[int]) -> dict[int, Filing]:
    """Lock the enrolments and filings of departments until the transaction ends; return the filings by their id.

    Departments that cannot be locked do not exist (any more); `selection.select` names them afterwards. Raises
    StepRefused if the cycle is closed.
    """
    running = may_act_in(Cycle.objects.select_related("edition").get(pk=cycle.pk))
    if not running:
        raise StepRefused(running.reason)
    list(Enrolment.objects.select_for_update().filter(cycle=cycle, department__in=ids).order_by("pk"))
    filings = Filing.objects.select_for_update().filter(cycle=cycle, department__in=ids).order_by("pk")
    return {filing.pk: filing for filing in filings}


def entries_for(
    rows: Sequence[EnrolledDepartment], may: Permission, text: Callable[[EnrolledDepartment], str], *, by: User
) -> list[HistoryEntry]:
    """Build the entries of departments, if the user may act on every one of them. Raises NotAllowed."""
    departments = Department.objects.in_bulk([row.department for row in rows])
    entries = []
    for row in rows:
        access = may(by, departments[row.department])
        if not access.acting:
            raise NotAllowed(access.reason)
        entries.append(HistoryEntry(row, access.acting, text(row)))
    return entries


def record(
    action: Action,
    entries: Sequence[HistoryEntry],
    locked: Mapping[int, Filing],
    *,
    by: User,
    now: datetime,
    detail: Mapping[str, str],
) -> None:
    """Record the action once for each department, inside the transaction of `lock`."""
    for entry in entries:
        if entry.row.filing is not None:
            filing = locked[entry.row.filing]
            events.record(
                filing, action, by=by, acting=entry.acting, time=now, detail={"reason": entry.reason, **detail}
            )
    EnrolmentEvent.objects.bulk_create(
        EnrolmentEvent(
            enrolment_id=entry.row.enrolment,
            action=action,
            by=by,
            by_name=by.name,
            by_office=entry.acting.place_name,
            at=now,
            reason=entry.reason,
        )
        for entry in entries
        if entry.row.filing is None
    )
