"""Messages about reminders and extensions to whom a department's table waits for."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.urls import reverse
from django_tasks import task

from filings.choices import MessageKind, Role
from filings.lifecycle.messages import delivery
from filings.lifecycle.messages.notice import Notice
from filings.lifecycle.messages.recipients import holders, members_of
from filings.models import Filing

NOTICES_PER_TASK = 200


@dataclass(frozen=True)
class DepartmentNotice:
    """A text for whom the department's table waits. `key` makes repeated deliveries harmless."""

    department: int
    filing: int | None
    text: str
    key: str


def enqueue(kind: MessageKind, notices: Sequence[DepartmentNotice]) -> None:
    """Queue the delivery. Call it in the transaction of the action, so that both are written or neither."""
    for start in range(0, len(notices), NOTICES_PER_TASK):
        deliver.enqueue(kind.value, [asdict(notice) for notice in notices[start : start + NOTICES_PER_TASK]])


@task()
def deliver(kind: str, notices: list[dict[str, Any]]) -> None:
    """Write a message to the users who are next with each filing; before the start, to the department's fillers."""
    for notice in (DepartmentNotice(**fields) for fields in notices):
        _deliver(MessageKind(kind), notice)


def _deliver(kind: MessageKind, notice: DepartmentNotice) -> None:
    if notice.filing is None:
        users = members_of(notice.department, [Role.FILLER])
        delivery.write(Notice(kind, notice.key, notice.text, reverse("todo")), users)
        return
    related = ("cycle", "department", "reviewer", "resume_reviewer")
    filing = Filing.objects.select_related(*related).get(pk=notice.filing)
    url = reverse("read", args=[filing.pk])
    delivery.write(Notice(kind, notice.key, notice.text, url, filing), holders(filing))
