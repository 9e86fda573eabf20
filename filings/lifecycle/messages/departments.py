"""Messages about reminders and extensions, delivered by one background task for many departments."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.urls import reverse
from django_tasks import task

from filings.choices import MessageKind, Role
from filings.lifecycle.messages import delivery, recipients
from filings.lifecycle.messages.notice import Notice
from filings.models import Filing, User

NOTICES_PER_TASK = 200


@dataclass(frozen=True)
class DepartmentNotice:
    """A text for those who hold the department's table. `key` makes repeated deliveries harmless."""

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
    """Write a message to each recipient who does not have it yet."""
    for notice in (DepartmentNotice(**fields) for fields in notices):
        filing = Filing.objects.select_related("cycle", "department").get(pk=notice.filing) if notice.filing else None
        url = reverse("read", args=[filing.pk]) if filing else reverse("todo")
        message = Notice(MessageKind(kind), notice.key, notice.text, url, filing)
        delivery.write(message, _recipients(notice, filing))


def _recipients(notice: DepartmentNotice, filing: Filing | None) -> Iterable[User]:
    """Return who has to act on the filing; before the start, the fillers of the department."""
    return recipients.holders(filing) if filing else recipients.members_of(notice.department, [Role.FILLER])
