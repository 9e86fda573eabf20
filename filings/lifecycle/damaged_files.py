"""Report a stored file that is missing or altered to the managers, once a day for each file."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.urls import reverse
from django.utils import timezone

from filings.choices import MessageKind, Role
from filings.lifecycle.messages.enqueue import announce
from filings.lifecycle.stored_files import FileDamaged
from filings.local_time import day
from filings.models import User

logger = logging.getLogger(__name__)


@contextmanager
def reported() -> Iterator[None]:
    """Report FileDamaged before it goes on. Use it outside transactions, which would roll the message back."""
    try:
        yield
    except FileDamaged as error:
        logger.error("%s", error)
        _report(error.name)
        raise


def _report(name: str) -> None:
    managers = User.objects.filter(memberships__role=Role.MANAGER, is_active=True).values_list("pk", flat=True)
    announce(
        MessageKind.FILE_DAMAGED,
        key=f"damaged:{name}:{day(timezone.now())}"[:100],
        text=f"存档文件 {name} 缺失或被改动过，已停止提供。请尽快从备份恢复。",
        to=sorted(set(managers)),
        url=reverse("integrity"),
    )
