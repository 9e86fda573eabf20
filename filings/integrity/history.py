"""Check the chain of events of a filing, and the versions that its submissions name."""

from collections.abc import Iterator, Sequence

from filings.choices import Action
from filings.document import canonical_json
from filings.integrity.broken import Broken, Kind
from filings.lifecycle import events
from filings.models import Event, Filing, Revision


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
            yield Broken.of(Kind.REVISION, filing, f"第{revision.number}版的内容与校验码不符。")
        elif submitted.get(str(revision.number)) != revision.sha256:
            yield Broken.of(Kind.REVISION, filing, f"第{revision.number}版与提交时的记录不符。")
    stored = {str(revision.number) for revision in revisions}
    for number in sorted(submitted.keys() - stored, key=int):
        yield Broken.of(Kind.REVISION, filing, f"第{number}版缺失。")


def _digest(revision: Revision) -> str:
    try:
        return canonical_json.digest(revision.document())
    except canonical_json.NotCanonical:
        return ""
