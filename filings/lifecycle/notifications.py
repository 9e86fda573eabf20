"""E-mail to the users who perform a filing's next action.

待办 is the channel that counts; e-mail is additional and may fail.
"""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail

from filings import permissions
from filings.choices import Status
from filings.models import Filing

logger = logging.getLogger(__name__)


def notify(filing: Filing) -> None:
    """Write to the users who are next. A failure is logged and has no other effect."""
    if not settings.EMAIL_HOST:
        return
    addresses = permissions.next_users(filing).exclude(email="").values_list("email", flat=True)
    subject = {
        Status.DRAFT: f"{filing}：待填报",
        Status.SIGNING: f"{filing}：待单位审签",
        Status.IN_REVIEW: f"{filing}：待审核",
        Status.RETURNED: f"{filing}：已退回，请按意见修改",
        Status.APPROVED: f"{filing}：已批复",
    }[Status(filing.status)]
    for address in addresses:
        try:
            send_mail(subject, "请登录绩效目标申报系统办理。", None, [address])
        except (SMTPException, OSError):
            logger.exception("could not notify %s of filing %s", address, filing.pk)
