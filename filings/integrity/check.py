"""Check everything that is stored, some filings at a time, and keep the result."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
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
from filings.models import AdjustmentReason, Attachment, Event, Filing, IntegrityCheck, IssuedCopy, Revision, User
from filings.signing.configuration import Trust

# Filings read at once: what they hold is in memory, some 20 kB each.
STEP = 200
# Broken objects that are stored; the number is stored whole.
MOST_STORED = 500
KEPT_CHECKS = 60
# Keys of IntegrityCheck.counts besides the kinds: the last filing that was checked, and the number of broken objects.
LAST, BROKEN = "last", "broken"
FILINGS = "filings"


def begin() -> IntegrityCheck:
    """Add a check that has not looked at anything yet, and remove old ones."""
    kept = IntegrityCheck.objects.order_by("-pk").values_list("pk", flat=True)[: KEPT_CHECKS - 1]
    IntegrityCheck.objects.exclude(pk__in=list(kept)).delete()
    return IntegrityCheck.objects.create(started_at=timezone.now(), counts={LAST: 0, BROKEN: 0})


def go_on(check: IntegrityCheck) -> bool:
    """Check the next STEP filings and store the result; False once the check is finished.

    Managers get a message if something is broken. Call it within a transaction that holds the check's row.
    """
    counts, found, last = check_after(check.counts[LAST])
    if last is None:
        check.finished_at = timezone.now()
        if check.counts[BROKEN]:
            _notify(check)
    else:
        total = Counter(check.counts)
        total.update({**counts, BROKEN: len(found), LAST: last - check.counts[LAST]})
        check.counts = dict(total)
        check.broken = [*check.broken, *(each.to_json() for each in found)][:MOST_STORED]
    check.save(update_fields=["counts", "broken", "finished_at"])
    return last is not None


def check_after(last: int) -> tuple[Counter[str], list[Broken], int | None]:
    """Check the STEP filings after a primary key.

    Return the numbers of checked objects, what is broken, and the last primary key, None if there were none.
    """
    filings = Filing.objects.select_related("cycle", "department").defer("cycle__policy").order_by("pk")
    chunk = list(filings.filter(pk__gt=last)[:STEP])
    if not chunk:
        return Counter(), [], None
    counts, found = _check(chunk, trusted())
    return counts, found, chunk[-1].pk


def latest() -> IntegrityCheck | None:
    """Return the last finished check."""
    return IntegrityCheck.objects.filter(finished_at__isnull=False).order_by("-pk").first()


def broken_of(check: IntegrityCheck) -> list[Broken]:
    return [Broken(**each) for each in check.broken]


def _check(chunk: Sequence[Filing], trust: Trust) -> tuple[Counter[str], list[Broken]]:
    keys = [filing.pk for filing in chunk]
    events = _by_filing(Event.objects.filter(filing__in=keys).order_by("filing", "number"))
    revisions = _by_filing(Revision.objects.filter(filing__in=keys).order_by("filing", "number"))
    issued = _by_filing(IssuedCopy.objects.filter(filing__in=keys).select_related("revision").order_by("pk"))
    frozen = AdjustmentReason.objects.filter(filing__in=keys, revision__isnull=False)
    reasons = _by_filing(frozen.select_related("revision").order_by("pk"))
    attached = _by_filing(Attachment.objects.filter(filing__in=keys).order_by("pk"))
    found: list[Broken] = []
    for filing in chunk:
        key = filing.pk
        found += history.check_events(filing, events[key])
        found += history.check_revisions(filing, events[key], revisions[key])
        found += history.check_reasons(filing, events[key], reasons[key])
        found += copies.check_links(filing, events[key], issued[key])
        for copy in issued[key]:
            found += copies.check_file(filing, copy, trust)
        found += _check_attachments(filing, attached[key])
    counts = Counter(
        {
            FILINGS: len(chunk),
            Kind.EVENTS.value: _total(events),
            Kind.REVISION.value: _total(revisions),
            Kind.FILE.value: _total(issued),
            Kind.SIGNATURE.value: sum(
                bool(copy.signed_by and trust.signers) for each in issued.values() for copy in each
            ),
            Kind.ATTACHMENT.value: _total(attached),
        }
    )
    return counts, found


def _check_attachments(filing: Filing, attached: Sequence[Attachment]) -> Iterator[Broken]:
    for attachment in attached:
        try:
            stored_files.read(attachments.file_name(attachment.sha256), attachment.sha256)
        except FileDamaged:
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
    text = f"完整性检查发现 {check.counts[BROKEN]} 处问题，请尽快查看处理。"
    delivery.write(Notice(MessageKind.INTEGRITY_BROKEN, f"integrity:{check.pk}", text, reverse("integrity")), managers)
