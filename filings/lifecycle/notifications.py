"""Telling people by e-mail that a filing has come to them. 待办 is the channel that counts; this one may fail."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail

from filings import permissions
from filings.choices import Status
from filings.models import Filing

logger = logging.getLogger(__name__)


def tell(filing: Filing) -> None:
    """Write to whoever takes the next step. A failure is logged and undoes nothing."""
    if not settings.EMAIL_HOST:
        return
    people = permissions.next_people(filing).exclude(email="").values_list("email", flat=True)
    subject = {
        Status.DRAFT: "%(filing)s：待填报",
        Status.SIGNING: "%(filing)s：待单位审签",
        Status.IN_REVIEW: "%(filing)s：待审核",
        Status.RETURNED: "%(filing)s：已退回，请按意见修改",
        Status.APPROVED: "%(filing)s：已批复",
    }[Status(filing.status)] % {"filing": filing}
    for address in people:
        try:
            send_mail(subject, "请登录绩效目标申报系统办理。", None, [address])
        except (SMTPException, OSError):
            logger.exception("could not tell %s of filing %s", address, filing.pk)
