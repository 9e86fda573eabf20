"""The chain of a filing's issued copies, as its page lists them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count

from filings.models import Filing, IssuedCopy


@dataclass(frozen=True)
class CopyLine:
    """A copy with its state as a word, the copy that has taken its place, and the number of rows that it adjusts."""

    copy: IssuedCopy
    state: str
    successor: IssuedCopy | None
    adjusted: int


def copies_of(filing: Filing) -> list[CopyLine]:
    """List the copies, newest first. Takes one query."""
    return list(_lines(filing))


def _lines(filing: Filing) -> Iterator[CopyLine]:
    copies = filing.issued_copies.select_related("revision", "supersedes__revision")
    successors: dict[int, IssuedCopy] = {}
    for copy in copies.annotate(reasons=Count("revision__adjustment_reasons")).order_by("-id"):
        before = copy.supersedes
        if before:
            successors[before.pk] = copy
        is_adjusted = before is not None and before.revision_id != copy.revision_id
        yield CopyLine(copy, _state(copy), successors.get(copy.pk), copy.reasons if is_adjusted else 0)


def _state(copy: IssuedCopy) -> str:
    return "现行" if copy.live else "批复已撤回" if copy.revoked_at else "已被取代"
