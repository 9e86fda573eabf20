"""The copies that a user has selected: which of them a job can handle, and why not the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from filings.choices import JobKind
from filings.errors import StepRefused
from filings.models import Cycle, Filing, IssuedCopy, User
from filings.models.keys import parse_key
from filings.permissions import memberships_of
from filings.publication import listing
from filings.publication.checks import CopyCheck, Effect, Inspection, inspection_of
from filings.publication.listing import CopyRow, PublicationState

MOST_SELECTED = 5000
# States in which each kind of job does something for a ticked copy.
_STATES: Mapping[JobKind, tuple[str, ...]] = {
    JobKind.PUBLISH: (*listing.TO_PUBLISH, PublicationState.WITHDRAWN),
    JobKind.UNPUBLISH: (PublicationState.PUBLIC, PublicationState.NEWER),
    JobKind.REISSUE: tuple(listing.STATES),
}


@dataclass(frozen=True)
class CheckedRow:
    """A selected table with the copy that the job concerns, and the results of its checks if it is published."""

    row: CopyRow
    copy: int
    checks: tuple[CopyCheck, ...] = ()

    @property
    def key(self) -> str:
        """Identify the filing and the copy in a form."""
        return f"{self.row.filing}-{self.copy}"

    @property
    def is_ready(self) -> bool:
        return all(check.effect == Effect.NOTICE for check in self.checks)


@dataclass(frozen=True)
class Selection:
    """The copies that a job will handle, those that the checks stop, and others with the reason."""

    ready: tuple[CheckedRow, ...]
    stopped: tuple[CheckedRow, ...]
    left_out: tuple[tuple[CopyRow, str], ...]


def parse_ids(posted: Sequence[str]) -> list[int]:
    """Parse posted primary keys of filings, each once. Raises StepRefused."""
    ids = list(dict.fromkeys(_parse(text) for text in posted))
    _require_selection(len(ids))
    return ids


def parse_seen(posted: Sequence[str]) -> dict[int, int]:
    """Parse posted keys of CheckedRow: copies by filing. Raises StepRefused."""
    pairs = (text.partition("-") for text in posted)
    seen = {_parse(filing): _parse(copy) for filing, _, copy in pairs}
    _require_selection(len(seen))
    return seen


def _parse(text: str) -> int:
    key = parse_key(text)
    if key is None:
        raise StepRefused("勾选的单位无法识别，请刷新页面后重新勾选。")
    return key


def _require_selection(number: int) -> None:
    if not number:
        raise StepRefused("尚未勾选单位，请先勾选再办。")
    if number > MOST_SELECTED:
        raise StepRefused(f"一次最多办 {MOST_SELECTED} 个单位，您勾选了 {number} 个，请分批办理。")


def select(kind: JobKind, cycle: Cycle, chosen: QuerySet[Filing], *, by: User) -> Selection:
    """Divide the chosen filings of `listing.approved_of`. The number of queries does not depend on theirs."""
    able, left_out = divide(kind, cycle, chosen, by=by)
    checked = _checked(able, inspection_of(cycle)) if kind == JobKind.PUBLISH else able
    ready = tuple(each for each in checked if each.is_ready)
    return Selection(ready, tuple(each for each in checked if not each.is_ready), tuple(left_out))


def divide(
    kind: JobKind, cycle: Cycle, chosen: QuerySet[Filing], *, by: User
) -> tuple[list[CheckedRow], list[tuple[CopyRow, str]]]:
    """Return the rows that the job can handle, not yet checked, and the others with the reason."""
    own = {membership.department_id for membership in memberships_of(by)}
    own_filings = set(chosen.filter(department__in=own - {None}).values_list("pk", flat=True))
    has_stamp = cycle.edition.definition().has_stamp
    able: list[CheckedRow] = []
    left_out: list[tuple[CopyRow, str]] = []
    for row in listing.rows_of(chosen):
        reason = _reason(kind, row, is_own=row.filing in own_filings, has_stamp=has_stamp)
        if reason:
            left_out.append((row, reason))
        else:
            copy = row.public_copy if kind == JobKind.UNPUBLISH else row.copy
            able.append(CheckedRow(row, copy or 0))
    return able, left_out


def default_filings(kind: JobKind, cycle: Cycle) -> QuerySet[Filing]:
    """Select all filings of the cycle for which the job is due."""
    approved = listing.approved_of(cycle)
    if kind == JobKind.REISSUE:
        return approved.filter(listing.lacking(cycle), Q(in_force__isnull=False))
    states = listing.TO_PUBLISH if kind == JobKind.PUBLISH else _STATES[kind]
    return approved.filter(Q(state__in=list(states)))


def _reason(kind: JobKind, row: CopyRow, *, is_own: bool, has_stamp: bool) -> str:
    """Return why the job does nothing for a copy, '' if it does."""
    if is_own:
        return "您在该单位任职，由他人办理"
    if kind == JobKind.REISSUE:
        return listing.reissue_refusal(row, has_stamp=has_stamp)
    return "" if row.state in _STATES[kind] else row.state_label


def _checked(rows: Sequence[CheckedRow], inspection: Inspection) -> list[CheckedRow]:
    copies = IssuedCopy.objects.filter(pk__in=[row.copy for row in rows]).select_related("revision").in_bulk()
    return [replace(row, checks=inspection.check(copies[row.copy])) for row in rows]
