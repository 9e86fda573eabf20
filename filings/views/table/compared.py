"""Compare versions for a page: with the version reviewed last, with last year's approved table, or any two tables."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from filings.document.compare import compare
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.drafts.last_year import approved
from filings.local_time import moment
from filings.models import Review, Revision
from filings.views.table.changes import sections, summary
from filings.views.visible_version import VisibleVersion


@dataclass(frozen=True)
class NamedVersion:
    """A document with its edition and what a table of changes calls it, as in 第 1 版."""

    name: str
    document: FilingDocument
    edition: Edition


def changes_since_last_version(
    version: VisibleVersion, reviewed: Collection[int] | None = None, *, linked: bool = True
) -> dict[str, Any] | None:
    """Compare a revision with the one that was reviewed before it; None without one.

    `reviewed` are the keys of the reviewed revisions, for callers that have read the reviews.
    """
    before = _reviewed_before(version, reviewed)
    return (
        comparison_context(named_revision(before, version.edition), _current(version), linked=linked)
        if before
        else None
    )


def changes_against_last_year(version: VisibleVersion, *, linked: bool = True) -> dict[str, Any] | None:
    """Compare a version with the department's approved table of last year; None without one."""
    last = approved(version.filing)
    if last is None:
        return None
    name = f"{version.filing.cycle.year - 1} 年批复的表"
    return comparison_context(
        NamedVersion(name, last.table.document, last.table.edition), _current(version), linked=linked
    )


def comparison_context(before: NamedVersion, after: NamedVersion, *, linked: bool = True) -> dict[str, Any]:
    """Return the context `compared` of filings/table/_compared.html; `comparison` is for other uses of the changes.

    Rows link to the new table on the same page if `linked`.
    """
    comparison = compare(before.document, after.document, before.edition, after.edition)
    return {
        "comparison": comparison,
        "before": before.name,
        "after": after.name,
        "summary": summary(comparison),
        "sections": sections(comparison, linked=linked),
    }


def _current(version: VisibleVersion) -> NamedVersion:
    if version.revision:
        return named_revision(version.revision, version.edition)
    return NamedVersion("填报中的内容", version.document, version.edition)


def named_revision(revision: Revision, edition: Edition) -> NamedVersion:
    name = f"第 {revision.number} 版（{revision.submitted_by_name}于 {moment(revision.submitted_at)} 提交）"
    return NamedVersion(name, revision.document(), edition)


def _reviewed_before(version: VisibleVersion, reviewed: Collection[int] | None) -> Revision | None:
    """The newest earlier revision that was reviewed, else the one before: others were withdrawn unseen."""
    current = version.revision
    earlier = [item for item in version.revisions if current is None or item.number < current.number]
    if not earlier:
        return None
    if reviewed is None:
        reviewed = set(Review.objects.filter(revision__in=earlier).values_list("revision_id", flat=True))
    return next((item for item in earlier if item.pk in reviewed), earlier[0])
