"""Messages about deadlines, once for each filing and date: three days before, and after the date has passed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import DateField, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from filings.choices import MessageKind, Role, Status
from filings.lifecycle.messages import delivery, recipients, sentences
from filings.lifecycle.messages.notice import Notice
from filings.models import Enrolment, Extension, Filing, Message, User

DAYS_BEFORE = 3


@dataclass(frozen=True)
class Deadline:
    """A filing, or a department that has not started one, with its date and who has to act."""

    key: str
    due: date
    table: str
    step: str
    url: str
    filing: Filing | None
    users: Iterable[User]

    def notice(self, today: date) -> Notice:
        if self.due < today:
            text = f"{self.table}已超过期限 {self.due:%Y-%m-%d}，请尽快{self.step}。"
            return Notice(MessageKind.OVERDUE, f"overdue:{self.key}", text, self.url, self.filing)
        text = f"{self.table}的期限是 {self.due:%Y-%m-%d}，请及时{self.step}。"
        return Notice(MessageKind.DUE_SOON, f"due_soon:{self.key}", text, self.url, self.filing)


def send_deadlines(today: date) -> None:
    """Write the messages that are due on this day. Repeating it, or a day on which it did not run, does no harm."""
    last = today + timedelta(days=DAYS_BEFORE)
    notices = [(deadline, deadline.notice(today)) for deadline in (*_held(last), *_not_started(today, last))]
    known = set(Message.objects.filter(key__in=[notice.key for _, notice in notices]).values_list("key", flat=True))
    for deadline, notice in notices:
        if notice.key not in known:
            delivery.write(notice, deadline.users)


def _held(last: date) -> Iterator[Deadline]:
    """Yield the unfinished filings with a date up to the last one."""
    steps = {Status.SIGNING: ("审签", "signing"), Status.IN_REVIEW: ("审核", "review")}
    filings = Filing.objects.filter(due_on__lte=last).exclude(status=Status.APPROVED)
    for filing in filings.select_related("cycle", "department", "reviewer", "resume_reviewer"):
        due = filing.due_on or last  # the filter excludes None
        step, page = steps.get(Status(filing.status), ("填报并提交", "fill"))
        yield Deadline(
            key=f"{filing.pk}:{due}",
            due=due,
            table=sentences.table_name(filing.cycle, filing.department),
            step=step,
            url=reverse(page, args=[filing.pk]),
            filing=filing,
            users=recipients.holders(filing),
        )


def _not_started(today: date, last: date) -> Iterator[Deadline]:
    """Yield the enrolled departments that can start and have not, with a date up to the last one."""
    until = Extension.objects.filter(cycle=OuterRef("cycle"), department=OuterRef("department")).values("until")
    enrolments = (
        Enrolment.objects.filter(cycle__started_at__isnull=False, cycle__opens_on__lte=today)
        .exclude(Exists(Filing.objects.filter(cycle=OuterRef("cycle"), department=OuterRef("department"))))
        .annotate(due=Coalesce(Subquery(until), F("cycle__deadline"), output_field=DateField()))
    )
    for enrolment in enrolments.filter(due__lte=last).select_related("cycle", "department"):
        yield Deadline(
            key=f"{enrolment.cycle_id}/{enrolment.department_id}:{enrolment.due}",
            due=enrolment.due,
            table=sentences.table_name(enrolment.cycle, enrolment.department),
            step="开始填报",
            url=reverse("todo"),
            filing=None,
            users=recipients.members_of(enrolment.department_id, [Role.FILLER]),
        )
