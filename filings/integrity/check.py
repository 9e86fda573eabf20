"""Check everything that is stored, some filings at a time, and keep the result."""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone

from filings.choices import MessageKind, Role
from filings.integrity import copies, history
from filings.integrity.broken import Broken, Kind
from filings.lifecycle import attachments, stored_files
from filings.lifecycle.messages import delivery
from filings.lifecycle.messages.notice import Notice
from filings.lifecycle.stored_files import FileDamaged
from filings.lifecycle.trust import trusted
from filings.models import (
    AdjustmentReason,
    Attachment,
    Event,
    Filing,
    IntegrityCheck,
    IssuedCopy,
    Publication,
    Revision,
    User,
)
from filings.signing.configuration import Trust

# Filings read at once: what they hold is in memory, some 20 kB each, and other tasks wait meanwhile.
STEP = 50
# Broken objects that are stored; all are counted.
MOST_STORED = 500
KEPT_CHECKS = 60
FILINGS = "filings"
_INTERRUPTED = "检查中途出错，没有完成，原因见系统日志。"
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class CheckedStep:
    """The result for some filings: numbers of checked objects, what is broken, the last filing's primary key."""

    counts: Mapping[str, int]
    broken: tuple[Broken, ...]
    last: int


@dataclass(frozen=True)
class StoredRows:
    """What is stored of some filings, by their primary keys, in order."""

    events: Mapping[int, list[Event]]
    revisions: Mapping[int, list[Revision]]
    reasons: Mapping[int, list[AdjustmentReason]]
    copies: Mapping[int, list[IssuedCopy]]
    publications: Mapping[int, list[Publication]]
    attachments: Mapping[int, list[Attachment]]


def begin() -> IntegrityCheck:
    """Add a check that has not looked at anything yet, and remove old ones."""
    kept = IntegrityCheck.objects.order_by("-pk").values_list("pk", flat=True)[: KEPT_CHECKS - 1]
    IntegrityCheck.objects.exclude(pk__in=list(kept)).delete()
    return IntegrityCheck.objects.create(started_at=timezone.now())


def check_after(last: int) -> CheckedStep | None:
    """Check the STEP filings after a primary key; None if there are none. Call it outside transactions."""
    filings = Filing.objects.select_related("cycle", "department").defer("cycle__policy").order_by("pk")
    chunk = list(filings.filter(pk__gt=last)[:STEP])
    return _check(chunk, trusted()) if chunk else None


def store(check: IntegrityCheck, step: CheckedStep | None) -> None:
    """Add the result of a step to a check; without one, finish it: managers get a message if something is broken."""
    if step is None:
        check.finished_at = timezone.now()
        if check.broken_count:
            _notify(check)
    else:
        total = Counter(check.counts)
        total.update(step.counts)
        check.counts = dict(total)
        check.broken = [*check.broken, *(each.to_json() for each in step.broken)][:MOST_STORED]
        check.broken_count += len(step.broken)
        check.last_filing = step.last
    check.save()


def abandon(check: IntegrityCheck) -> None:
    """Finish a check that an error has ended, as one that has found something broken."""
    unknown = Broken(Kind.CHECK.value, 0, _INTERRUPTED)
    store(check, CheckedStep({}, (unknown,), check.last_filing))
    store(check, None)


def latest() -> IntegrityCheck | None:
    """Return the last finished check."""
    return IntegrityCheck.objects.filter(finished_at__isnull=False).order_by("-pk").first()


def broken_of(check: IntegrityCheck) -> list[Broken]:
    return [Broken(**each) for each in check.broken]


def _check(chunk: Sequence[Filing], trust: Trust) -> CheckedStep:
    keys = [filing.pk for filing in chunk]
    frozen = AdjustmentReason.objects.filter(filing__in=keys, revision__isnull=False)
    rows = StoredRows(
        _by_filing(Event.objects.filter(filing__in=keys).order_by("filing", "number")),
        _by_filing(Revision.objects.filter(filing__in=keys).select_related("cancelled").order_by("filing", "number")),
        _by_filing(frozen.select_related("revision").order_by("pk")),
        _by_filing(IssuedCopy.objects.filter(filing__in=keys).select_related("revision").order_by("pk")),
        _by_filing(Publication.objects.filter(filing__in=keys).select_related("copy").order_by("pk")),
        _by_filing(Attachment.objects.filter(filing__in=keys).order_by("pk")),
    )
    found = [broken for filing in chunk for broken in _check_safely(filing, rows, trust)]
    signed = sum(bool(each.signed_by and trust.signers) for copies_of in rows.copies.values() for each in copies_of)
    counts = {
        FILINGS: len(chunk),
        Kind.EVENTS.value: _total(rows.events),
        Kind.REVISION.value: _total(rows.revisions),
        Kind.FILE.value: _total(rows.copies),
        Kind.SIGNATURE.value: signed,
        Kind.PUBLICATION.value: _total(rows.publications),
        Kind.ATTACHMENT.value: _total(rows.attachments),
    }
    return CheckedStep(counts, tuple(found), keys[-1])


def _check_safely(filing: Filing, rows: StoredRows, trust: Trust) -> list[Broken]:
    """Check a filing. Altered rows can raise anything, which is a finding, too: the other filings are still checked."""
    try:
        return list(_check_filing(filing, rows, trust))
    except Exception:
        _logger.exception("filing %s cannot be checked", filing.pk)
        return [Broken.of(Kind.EVENTS, filing, "核对时出错，记录可能被改动过，原因见系统日志。")]


def _check_filing(filing: Filing, rows: StoredRows, trust: Trust) -> Iterator[Broken]:
    chain, copies_of = rows.events[filing.pk], rows.copies[filing.pk]
    broken = list(history.check_events(filing, chain))
    yield from broken
    # An altered event proves nothing about the rest.
    if not broken:
        yield from history.check_revisions(filing, chain, rows.revisions[filing.pk])
        yield from history.check_cancelled(filing, chain, rows.revisions[filing.pk])
        yield from history.check_reasons(filing, chain, rows.reasons[filing.pk])
        yield from copies.check_links(filing, chain, copies_of)
        yield from copies.check_publications(filing, chain, rows.publications[filing.pk])
    for copy in copies_of:
        yield from copies.check_file(filing, copy, trust)
    yield from _check_attachments(filing, rows.attachments[filing.pk])


def _check_attachments(filing: Filing, attached: Sequence[Attachment]) -> Iterator[Broken]:
    for attachment in attached:
        try:
            stored_files.read(attachments.file_name(attachment.sha256), attachment.sha256)
        except (FileDamaged, OSError):
            yield Broken.of(Kind.ATTACHMENT, filing, f"附件「{attachment.name}」的文件缺失或被改动过。请从备份恢复。")


def _by_filing(rows: QuerySet[Any]) -> Mapping[int, list[Any]]:
    grouped: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.filing_id].append(row)
    return grouped


def _total(grouped: Mapping[int, Sequence[Model]]) -> int:
    return sum(len(rows) for rows in grouped.values())


def _notify(check: IntegrityCheck) -> None:
    managers = User.objects.filter(memberships__role=Role.MANAGER, is_active=True).distinct()
    text = f"完整性检查发现 {check.broken_count} 处问题，请尽快查看处理。"
    delivery.write(Notice(MessageKind.INTEGRITY_BROKEN, f"integrity:{check.pk}", text, reverse("integrity")), managers)
