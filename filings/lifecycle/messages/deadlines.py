"""Messages about deadlines, once for each filing and date: three working days before, and after the date has passed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from typing import Any

from django.db.models import Case, CharField, DateField, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse

from filings.choices import MessageKind, Role, Status
from filings.clocks.working_days import add_working_days, overrides
from filings.lifecycle.messages import delivery, recipients, sentences
from filings.lifecycle.messages.notice import Notice
from filings.models import Enrolment, Extension, Filing, Message, User

WORKING_DAYS_BEFORE = 3
CHUNK = 500
OVERDUE, DUE_SOON = "overdue:", "due_soon:"


@dataclass(frozen=True)
class Deadline:
    """A filing, or a department that has not started one, with its date and a query of who has to act."""

    key: str
    due: date
    table: str
    step: str
    url: str
    filing: Filing | None
    users: Callable[[], Iterable[User]]

    def notice(self, today: date) -> Notice:
        if self.due < today:
            text = f"{self.table}已超过期限 {self.due:%Y-%m-%d}，请尽快{self.step}。"
            return Notice(MessageKind.OVERDUE, f"{OVERDUE}{self.key}", text, self.url, self.filing)
        text = f"{self.table}的期限是 {self.due:%Y-%m-%d}，请及时{self.step}。"
        return Notice(MessageKind.DUE_SOON, f"{DUE_SOON}{self.key}", text, self.url, self.filing)


def send_deadlines(today: date) -> None:
    """Write the messages that are due on this day. Repeating it, or a day on which it did not run, does no harm."""
    last = add_working_days(today, WORKING_DAYS_BEFORE, overrides())
    for deadline in chain(_held(today, last), _not_started(today, last)):
        delivery.write(deadline.notice(today), deadline.users())


def _held(today: date, last: date) -> Iterator[Deadline]:
    """Yield the unfinished filings with a date up to the last one and without a message about it."""
    steps = {Status.SIGNING: ("审签", "signing"), Status.IN_REVIEW: ("审核", "review")}
    filings = Filing.objects.filter(due_on__lte=last, cycle__closed_at=None).exclude(status=Status.APPROVED)
    filings = filings.annotate(key=_joined(_as_text("pk"), Value(":"), _as_text("due_on")))
    for filing in _in_chunks(_new(filings, "due_on", today, "cycle", "department", "reviewer", "resume_reviewer")):
        due = filing.due_on or last  # the filter excludes None
        step, page = steps.get(Status(filing.status), ("填报并提交", "fill"))
        yield Deadline(
            key=f"{filing.pk}:{due}",
            due=due,
            table=sentences.table_name(filing.cycle, filing.department),
            step=step,
            url=reverse(page, args=[filing.pk]),
            filing=filing,
            users=partial(recipients.holders, filing),
        )


def _not_started(today: date, last: date) -> Iterator[Deadline]:
    """Yield the enrolled departments that can start and have not, with a date up to the last one and no message."""
    until = Extension.objects.filter(cycle=OuterRef("cycle"), department=OuterRef("department")).values("until")
    enrolments = (
        Enrolment.objects.filter(cycle__started_at__isnull=False, cycle__opens_on__lte=today, cycle__closed_at=None)
        .exclude(Exists(Filing.objects.filter(cycle=OuterRef("cycle"), department=OuterRef("department"))))
        .annotate(due=Coalesce(Subquery(until), F("cycle__deadline"), output_field=DateField()))
        .filter(due__lte=last)
        .annotate(key=_joined(_as_text("cycle"), Value("/"), _as_text("department"), Value(":"), _as_text("due")))
    )
    for enrolment in _in_chunks(_new(enrolments, "due", today, "cycle", "department")):
        yield Deadline(
            key=f"{enrolment.cycle_id}/{enrolment.department_id}:{enrolment.due}",
            due=enrolment.due,
            table=sentences.table_name(enrolment.cycle, enrolment.department),
            step="开始填报",
            url=reverse("todo"),
            filing=None,
            users=partial(recipients.members_of, enrolment.department_id, [Role.FILLER]),
        )


def _new(rows: "QuerySet[Any]", due: str, today: date, *related: str) -> "QuerySet[Any]":
    """Leave out the rows with a message of today's kind, whose key ends with `key`."""
    kind = Case(When(**{f"{due}__lt": today}, then=Value(OVERDUE)), default=Value(DUE_SOON))
    known = Message.objects.filter(key=OuterRef("message_key"))
    found: QuerySet[Any] = rows.annotate(message_key=_joined(kind, F("key"))).exclude(Exists(known))
    return found.select_related(*related)


def _in_chunks(rows: "QuerySet[Any]") -> "Iterator[Any]":
    """Yield the rows a chunk at a time, since their messages are written meanwhile."""
    last = 0
    while chunk := list(rows.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        yield from chunk
        last = chunk[-1].pk


def _joined(*parts: Any) -> Concat:
    return Concat(*parts, output_field=CharField())


def _as_text(column: str) -> Cast:
    return Cast(column, CharField())
