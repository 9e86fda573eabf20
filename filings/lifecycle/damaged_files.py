"""Report to the managers: stored files that are missing or altered, once a day for each, and failed signatures."""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath

from django.urls import reverse
from django.utils import timezone

from filings.choices import MessageKind, Role
from filings.lifecycle.messages.enqueue import announce
from filings.lifecycle.messages.sentences import table_name
from filings.lifecycle.stored_files import FileDamaged
from filings.local_time import day
from filings.models import Attachment, IssuedCopy, Revision, User
from filings.signing.signer import NotSigned

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


def report_unsigned(revision: Revision, error: NotSigned) -> None:
    """Log why a copy could not be signed and report it to the managers; the reviewer has no use for paths and keys."""
    _report_unsigned(revision, error, "未批复", f"unsigned:{revision.pk}:{timezone.now():%Y%m%d%H%M%S}")


def report_not_reissued(revision: Revision, error: NotSigned) -> None:
    """Log why a copy could not be signed when it was issued again; report each reason to the managers once a day.

    One reason, such as an unreachable signing service, stops all copies of a job.
    """
    reason = hashlib.sha256(str(error).encode()).hexdigest()[:16]
    _report_unsigned(revision, error, "未补办", f"not-reissued:{reason}:{day(timezone.now())}")


def _report_unsigned(revision: Revision, error: NotSigned, outcome: str, key: str) -> None:
    table = table_name(revision.filing.cycle, revision.filing.department)
    logger.error("The copy of revision %s was not signed: %s", revision.pk, error)
    announce(
        MessageKind.APPROVAL_FAILED,
        key=key,
        text=f"{table}签名未成功，{outcome}：{error}",
        to=_managers(),
        url=reverse("read", args=[revision.filing_id]),
        filing=revision.filing,
    )


def _report(name: str) -> None:
    announce(
        MessageKind.FILE_DAMAGED,
        key=f"damaged:{name}:{day(timezone.now())}"[:100],
        text=f"{_subject(name)}缺失或被改动过，已停止提供，存档文件 {name}。请尽快从备份恢复。",
        to=_managers(),
        url=reverse("integrity"),
    )


def _subject(name: str) -> str:
    """Name the table to which a stored file belongs."""
    digest, related = PurePath(name).stem, ("filing__cycle", "filing__department")
    if copy := IssuedCopy.objects.filter(sha256=digest).select_related(*related).first():
        return f"{table_name(copy.filing.cycle, copy.filing.department)}的定稿文件"
    if attached := Attachment.objects.filter(sha256=digest).select_related(*related).first():
        return f"{table_name(attached.filing.cycle, attached.filing.department)}的附件「{attached.name}」"
    return "存档文件"


def _managers() -> list[int]:
    managers = User.objects.filter(memberships__role=Role.MANAGER, is_active=True).values_list("pk", flat=True)
    return sorted(set(managers))
