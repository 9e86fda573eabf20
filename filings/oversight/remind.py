"""催办: remind the departments, or the offices that review their tables, all selected ones or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from filings.choices import Action, MessageKind, Status
from filings.clocks.due import BUREAU, holder_in
from filings.clocks.working_days import overrides
from filings.errors import StepRefused
from filings.lifecycle import events
from filings.lifecycle.messages import departments as messages
from filings.models import Cycle, EnrolmentEvent, Event, User
from filings.oversight import records
from filings.oversight.enrolled import EnrolledDepartment, enrolled_of
from filings.oversight.overseers import may_remind
from filings.oversight.records import HistoryEntry
from filings.oversight.selection import names, parse_ids, select
from filings.oversight.sentences import checked_sentence, fill_in

# A second click within this time is not a second reminder.
REPEAT = timedelta(minutes=1)
# In the detail of an event: whom the reminder was for, if not for the department itself.
_TO = "to"


@dataclass(frozen=True)
class Reminder:
    """A department with the text of its reminder; `to_reviewers` if its table waits for reviewers."""

    name: str
    text: str
    to_reviewers: bool = False


def can_be_reminded(row: EnrolledDepartment) -> bool:
    """Whether anything is left to do for the department or its reviewers."""
    return row.state != Status.APPROVED


def reminders_for(rows: Sequence[EnrolledDepartment], sentence: str, *, today: date) -> list[Reminder]:
    calendar = overrides()
    return [
        Reminder(row.name, fill_in(sentence, row, calendar=calendar, today=today), _waits_for_reviewers(row))
        for row in rows
    ]


def remind(cycle: Cycle, ids: Sequence[str], typed: str, *, by: User, now: datetime) -> datetime:
    """Remind the selected departments and return the time under which it is recorded.

    That is `now`, or for a second click the time of the first. Raises StepRefused, and then nothing has changed.
    """
    wanted = parse_ids(ids)
    sentence = checked_sentence(typed)
    today = timezone.localdate(now)
    with transaction.atomic():
        locked = records.lock(cycle, wanted)
        rows = select(enrolled_of(cycle, by, today=today), wanted, by=by)
        approved = [row.name for row in rows if not can_be_reminded(row)]
        if approved:
            raise StepRefused(f"{names(approved)}已批复，不需要催办。未发出催办，请取消勾选后重新发送。")
        text = partial(fill_in, sentence, calendar=overrides(), today=today)
        entries = records.entries_for(rows, may_remind, text, by=by)
        if first := _time_of_first_click(entries, by=by, now=now):
            return first
        for to_reviewers, detail in ((False, {}), (True, {_TO: BUREAU})):
            chosen = [entry for entry in entries if _waits_for_reviewers(entry.row) is to_reviewers]
            records.record(Action.REMIND, chosen, locked, by=by, now=now, detail=detail)
        messages.enqueue(MessageKind.REMINDED, [_notice(entry, now) for entry in entries])
    return now


def reminded_at(cycle: Cycle, by: User, at: datetime) -> list[Reminder]:
    """Return the reminders that a user sent at this time, in the order of the departments' codes."""
    of_filings = Event.objects.filter(filing__cycle=cycle, by=by, action=Action.REMIND, at=at)
    of_enrolments = EnrolmentEvent.objects.filter(enrolment__cycle=cycle, by=by, action=Action.REMIND, at=at)
    found: dict[tuple[str, str], tuple[str, bool]] = {}
    for event in of_filings.select_related("filing__department"):
        department = event.filing.department
        detail = events.detail(event)
        found[department.code, department.name] = detail["reason"], detail.get(_TO) == BUREAU
    for before in of_enrolments.select_related("enrolment__department"):
        department = before.enrolment.department
        found[department.code, department.name] = before.reason, False
    return [Reminder(name, text, to_reviewers) for (_code, name), (text, to_reviewers) in sorted(found.items())]


def _waits_for_reviewers(row: EnrolledDepartment) -> bool:
    return holder_in(row.state) == BUREAU


def _notice(entry: HistoryEntry, now: datetime) -> messages.DepartmentNotice:
    key = f"remind:{entry.row.enrolment}:{now.timestamp():.6f}"
    return messages.DepartmentNotice(entry.row.department, entry.row.filing, entry.reason, key)


def _time_of_first_click(entries: Sequence[HistoryEntry], *, by: User, now: datetime) -> datetime | None:
    """Return when this user sent exactly these reminders within the last minute, None if not."""
    recent = {"by": by, "action": Action.REMIND, "at__gt": now - REPEAT}
    of_filings = Event.objects.filter(filing__in=[entry.row.filing for entry in entries if entry.row.filing], **recent)
    of_enrolments = EnrolmentEvent.objects.filter(enrolment__in=[entry.row.enrolment for entry in entries], **recent)
    sent = {(event.at, event.filing_id, events.detail(event)["reason"]) for event in of_filings}
    sent_before = {(event.at, event.enrolment_id, event.reason) for event in of_enrolments}
    for at in sorted({item[0] for item in sent | sent_before}, reverse=True):
        if all(
            (at, entry.row.filing, entry.reason) in sent or (at, entry.row.enrolment, entry.reason) in sent_before
            for entry in entries
        ):
            return at
    return None
