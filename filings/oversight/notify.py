"""Messages about reminders and extensions: a background task writes the messages and sends the e-mails."""

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from filings import labels, permissions
from filings.choices import MessageKind, Role
from filings.models import Filing, Message, User

NOTICES_PER_TASK = 200
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Notice:
    """A text for whom the department's table waits. `key` makes repeated deliveries harmless."""

    department: int
    filing: int | None
    text: str
    key: str


def enqueue(kind: MessageKind, notices: Sequence[Notice]) -> None:
    """Queue the delivery. Call it in the transaction of the action, so that both are written or neither."""
    for start in range(0, len(notices), NOTICES_PER_TASK):
        deliver.enqueue(kind.value, [asdict(notice) for notice in notices[start : start + NOTICES_PER_TASK]])


@task()
def deliver(kind: str, notices: list[dict[str, Any]]) -> None:
    """Write a message to each recipient who does not have it yet, and an e-mail if a mail server is configured."""
    for notice in (Notice(**fields) for fields in notices):
        _deliver(kind, notice)


def recipients(notice: Notice) -> QuerySet[User]:
    """Return the users who are next with the filing; before the start, the fillers of the department."""
    if notice.filing:
        return permissions.next_users(Filing.objects.select_related("department").get(pk=notice.filing))
    fillers = User.objects.filter(memberships__department=notice.department, memberships__role=Role.FILLER)
    return fillers.filter(is_active=True).distinct()


def _deliver(kind: str, notice: Notice) -> None:
    known = Message.objects.filter(key=notice.key).values("user")
    users = list(recipients(notice).exclude(pk__in=known))
    url = reverse("read", args=(notice.filing,)) if notice.filing else reverse("todo")
    Message.objects.bulk_create(
        [
            Message(
                user=user,
                kind=kind,
                key=notice.key,
                filing_id=notice.filing,
                text=notice.text,
                url=url,
                at=timezone.now(),
            )
            for user in users
        ],
        ignore_conflicts=True,
    )
    if settings.EMAIL_HOST:
        for address in {user.email for user in users if user.email}:
            _send(address, labels.MESSAGE[kind], notice.text)


def _send(address: str, subject: str, text: str) -> None:
    """Send an e-mail. A failure is logged and has no other effect: the message in the program is what counts."""
    try:
        send_mail(f"{subject}：绩效目标申报", text, None, [address])
    except (SMTPException, OSError):
        logger.exception("could not write to %s", address)
