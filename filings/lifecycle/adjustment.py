"""The rows in which two versions of a table differ, with the reasons of the adjustments between them.

Pages of the department, the reviewers and the public show them side by side (templates/filings/_adjusted_rows.html).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from filings.document.compare import compare
from filings.document.content import FilingDocument
from filings.document.differences.changes import CellChange, ChangeKind
from filings.document.edition import Edition
from filings.document.place import Place, row_of
from filings.document.public_document import public_document
from filings.drafts.adjustment_reasons import drafted, refusal_of
from filings.models import AdjustmentReason, Filing, IssuedCopy, Revision
from filings.policy.publication import PublicationPolicy
from filings.reviewing.row_names import row_name

WORDS: Mapping[ChangeKind, str] = {
    ChangeKind.ADDED: "新增",
    ChangeKind.REMOVED: "删除",
    ChangeKind.CHANGED: "修改",
}


@dataclass(frozen=True)
class RowReason:
    """Why a row was adjusted: the key and label of the cycle's list, and words.

    `revision` is the number of the version that it was submitted with, None while the table is filled in.
    """

    key: str
    label: str
    words: str
    by_name: str
    at: datetime
    revision: int | None

    @property
    def text(self) -> str:
        return "：".join(part for part in (self.label, self.words) if part)


@dataclass(frozen=True)
class ChangedRow:
    """A row that was added, removed or changed, with its cells that differ.

    `place` is that of the whole row, in the older version for a removed one. `section` is the label of its section,
    `heading` the class of an indicator. `reasons` are in the order of the versions, the newest last.
    """

    place: Place
    kind: ChangeKind
    section: str
    name: str
    heading: str
    cells: tuple[CellChange, ...]
    reasons: tuple[RowReason, ...] = ()

    @property
    def word(self) -> str:
        return WORDS[self.kind]

    @property
    def reason(self) -> RowReason | None:
        """The newest reason."""
        return self.reasons[-1] if self.reasons else None

    @property
    def before(self) -> str:
        """The older texts of the cells, one a line; blank for an added row."""
        return "" if self.kind is ChangeKind.ADDED else _lines((cell.label, cell.before) for cell in self.cells)

    @property
    def after(self) -> str:
        """The newer texts of the cells, one a line; blank for a removed row."""
        return "" if self.kind is ChangeKind.REMOVED else _lines((cell.label, cell.after) for cell in self.cells)


@dataclass(frozen=True)
class Adjustment:
    """A version of a table that adjusts an issued copy, with the rows that differ.

    `is_changed` is also True if rows are only at other positions.
    """

    copy: IssuedCopy
    rows: tuple[ChangedRow, ...]
    is_changed: bool


def changed_rows(
    before: FilingDocument, after: FilingDocument, edition: Edition, reasons: Iterable[AdjustmentReason] = ()
) -> tuple[ChangedRow, ...]:
    """Return the rows that differ, in the order of the table, with the given reasons at their places.

    A row that is only at another position is not one of them, nor a duty with only another numeral.
    """
    return _adjusted(before, after, edition, reasons)[0]


def changes_between(old: IssuedCopy, new: IssuedCopy) -> tuple[ChangedRow, ...]:
    """Return the rows that differ between two copies of a filing, with the reasons of all copies between them.

    The copies are compared as the public reads them, without names and telephones of officers. A copy that was issued
    again for the same version has no changes. Takes one query, if both copies come with their revisions and the
    edition of the cycle.
    """
    if old.revision_id == new.revision_id:
        return ()
    issued = Q(revision__issued_copies__gt=old.pk, revision__issued_copies__lte=new.pk)
    given = AdjustmentReason.objects.filter(issued, filing=old.filing_id).exclude(revision=old.revision_id)
    reasons = given.select_related("revision").order_by("revision__number", "id").distinct()
    edition = old.filing.cycle.edition.definition()
    before, after = (public_document(copy.revision.document(), edition) for copy in (old, new))
    return changed_rows(before, after, edition, reasons)


def of_draft(filing: Filing, document: FilingDocument, edition: Edition) -> Adjustment | None:
    """Compare a draft with the copy that it adjusts; None if it adjusts none."""
    if filing.adjusts_id is None:
        return None
    copy = IssuedCopy.objects.select_related("revision").get(pk=filing.adjusts_id)
    return _adjustment(copy, document, edition, drafted(filing))


def of_revision(revision: Revision, edition: Edition) -> Adjustment | None:
    """Compare a submitted version with the copy that was in force when it was submitted; None without one."""
    if revision.number == 1:
        return None
    then = revision.submitted_at
    issued = IssuedCopy.objects.filter(filing=revision.filing_id, issued_at__lte=then).select_related("revision")
    copy = issued.order_by("-pk").first()
    if copy is None or (copy.revoked_at and copy.revoked_at <= then):
        return None
    return _adjustment(copy, revision.document(), edition, revision.adjustment_reasons.select_related("revision"))


def reason_refusal(row: ChangedRow, policy: PublicationPolicy) -> str:
    """Return why a row cannot be submitted with its reason; '' if it can."""
    return refusal_of(row.reason.key, row.reason.words, policy) if row.reason else refusal_of("", "", policy)


def canonical_text(row: ChangedRow) -> str:
    """Return what the event of a submission records of a row, on one line: its place, kind and reason."""
    given = (row.reason.key, row.reason.label, row.reason.words) if row.reason else ("", "", "")
    return json.dumps([str(row.place), row.kind.value, *given], ensure_ascii=False, separators=(",", ":"))


def _adjustment(
    copy: IssuedCopy, document: FilingDocument, edition: Edition, reasons: Iterable[AdjustmentReason]
) -> Adjustment:
    return Adjustment(copy, *_adjusted(copy.revision.document(), document, edition, reasons))


def _adjusted(
    before: FilingDocument, after: FilingDocument, edition: Edition, reasons: Iterable[AdjustmentReason]
) -> tuple[tuple[ChangedRow, ...], bool]:
    """Return the rows that differ, and whether anything has changed, positions included."""
    comparison = compare(before, after, edition, edition)
    given: dict[str, list[RowReason]] = defaultdict(list)
    for reason in reasons:
        given[reason.place].append(_row_reason(reason))
    rows = []
    for change in comparison.changes:
        if change.kind is ChangeKind.MOVED:
            continue
        place = row_of(change.place)
        unit = f"（{edition.unit}）" if place.section == "amounts" else ""
        named = row_name(place, before if change.kind is ChangeKind.REMOVED else after, edition)
        reasons_of_row = tuple(given[str(place)])
        rows.append(
            ChangedRow(
                place, change.kind, named.section, f"{named.name}{unit}", change.heading, change.cells, reasons_of_row
            )
        )
    return tuple(rows), comparison.count > 0


def _row_reason(stored: AdjustmentReason) -> RowReason:
    number = stored.revision.number if stored.revision else None
    return RowReason(stored.reason, stored.label, stored.words, stored.by_name, stored.at, number)


def _lines(texts: Iterator[tuple[str, str]]) -> str:
    shown: Sequence[str] = [f"{label}：{text}" if label else text for label, text in texts]
    return "\n".join(shown)
