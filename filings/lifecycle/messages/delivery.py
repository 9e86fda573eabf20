"""Write messages, and send each by e-mail if there is a mail server and an address."""

import logging
from collections.abc import Iterable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from filings import labels
from filings.lifecycle.messages.notice import Notice
from filings.models import Message, User

logger = logging.getLogger(__name__)
# A mail server that does not answer must not delay approvals.
EMAIL_PRIORITY = -10


def write(notice: Notice, users: Iterable[User]) -> None:
    """Add the message for each active user who has not got it yet. Its e-mail is queued in the same transaction."""
    with transaction.atomic():
        known = set(Message.objects.filter(key=notice.key).values_list("user_id", flat=True))
        for user in users:
            if user.pk in known or not user.is_active:
                continue
            known.add(user.pk)
            message = Message.objects.create(
                user=user,
                kind=notice.kind,
                key=notice.key,
                filing=notice.filing,
                text=notice.text,
                url=notice.url,
                at=timezone.now(),
            )
            if settings.EMAIL_HOST and user.email:
                send_email.using(priority=EMAIL_PRIORITY).enqueue(message.pk)


@task()
def send_email(message_id: int) -> None:
    """Send a message by e-mail. A failure is logged and not repeated: the message itself is in the program."""
    message = Message.objects.select_related("user", "filing__cycle", "filing__department").get(pk=message_id)
    label = labels.MESSAGE[message.kind]
    subject = f"{message.filing}：{label}" if message.filing else label
    try:
        send_mail(subject, f"{message.text}\n\n请登录绩效目标申报系统办理。", None, [message.user.email])
    except (SMTPException, OSError):
        logger.exception("could not send message %s to %s", message.pk, message.user.email)
