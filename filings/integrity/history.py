"""Check the chain of events of a filing, and the versions and reasons that its submissions name."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

from filings.choices import Action
from filings.document import canonical_json
from filings.integrity.broken import Broken, Kind
from filings.lifecycle import events
from filings.models import AdjustmentReason, Event, Filing, Revision


def check_events(filing: Filing, chain: Sequence[Event]) -> Iterator[Broken]:
    """Check the numbers and hashes of all events of a filing, in order."""
    number = events.first_broken_of(chain)
    if number is not None:
        yield Broken.of(Kind.EVENTS, filing, f"办理经过第 {number} 条缺失或被改动过。")
    elif not chain:
        yield Broken.of(Kind.EVENTS, filing, "没有办理经过。")


def check_revisions(filing: Filing, chain: Sequence[Event], revisions: Sequence[Revision]) -> Iterator[Broken]:
    """Check that each version has the content that its hash and the event of its submission name."""
    submitted = {
        detail["revision"]: detail["sha256"]
        for detail in (events.detail(event) for event in chain if event.action == Action.SUBMIT)
        if "revision" in detail
    }
    for revision in revisions:
        if _digest(revision) != revision.sha256:
            yield Broken.of(Kind.REVISION, filing, f"第 {revision.number} 版的内容与校验码不符。")
        elif submitted.get(str(revision.number)) != revision.sha256:
            yield Broken.of(Kind.REVISION, filing, f"第 {revision.number} 版与提交时的记录不符。")
    stored = {str(revision.number) for revision in revisions}
    for number in sorted(submitted.keys() - stored, key=int):
        yield Broken.of(Kind.REVISION, filing, f"第 {number} 版缺失。")


def check_cancelled(filing: Filing, chain: Sequence[Event], revisions: Sequence[Revision]) -> Iterator[Broken]:
    """Check that the versions that count as cancelled are those that the cancellations of adjustments name."""
    recorded = {
        number
        for detail in (events.detail(event) for event in chain if event.action == Action.CANCEL_ADJUSTMENT)
        for number in detail.get("cancelled", "").splitlines()
    }
    for revision in revisions:
        if revision.is_cancelled != (str(revision.number) in recorded):
            yield Broken.of(Kind.REVISION, filing, f"第 {revision.number} 版是否取消与办理经过所记不符。")


def check_reasons(filing: Filing, chain: Sequence[Event], reasons: Sequence[AdjustmentReason]) -> Iterator[Broken]:
    """Check that the reasons of each adjusted version are those that the event of its submission names."""
    stored: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for reason in reasons:
        if reason.revision:
            given = (reason.place, reason.reason, reason.label, reason.words)
            stored[str(reason.revision.number)].add(given)
    recorded = {
        detail["revision"]: {_reason_of(line) for line in detail["adjusted"].splitlines()}
        for detail in (events.detail(event) for event in chain if event.action == Action.SUBMIT)
        if "adjusted" in detail
    }
    for number in sorted(stored.keys() | recorded.keys(), key=int):
        if stored[number] != recorded.get(number, set()):
            yield Broken.of(Kind.REVISION, filing, f"第 {number} 版的调整原因与提交时的记录不符。")


def _reason_of(line: str) -> tuple[str, ...]:
    """Return place, key, label and words of a row that `adjustment.canonical_text` has recorded."""
    place, _kind, *given = json.loads(line)
    return (place, *given)


def _digest(revision: Revision) -> str:
    try:
        return canonical_json.digest(revision.document())
    except canonical_json.NotCanonical:
        return ""
