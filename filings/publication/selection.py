"""The copies that a user has selected: which of them a job can handle, and why not the others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
    """A selected copy with the results of its checks; only publishing is checked."""

    row: CopyRow
    checks: tuple[CopyCheck, ...] = ()

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
    keys = [parse_key(text) for text in posted]
    ids = list(dict.fromkeys(key for key in keys if key is not None))
    if None in keys:
        raise StepRefused("勾选的单位无法识别，请刷新页面后重新勾选。")
    if not ids:
        raise StepRefused("尚未勾选单位，请先勾选再办。")
    if len(ids) > MOST_SELECTED:
        raise StepRefused(f"一次最多办 {MOST_SELECTED} 个单位，您勾选了 {len(ids)} 个，请分批办理。")
    return ids


def select(kind: JobKind, cycle: Cycle, chosen: QuerySet[Filing], *, by: User) -> Selection:
    """Divide the chosen filings of `listing.approved_of`. The number of queries does not depend on theirs."""
    own = {membership.department_id for membership in memberships_of(by)}
    own_filings = set(chosen.filter(department__in=own - {None}).values_list("pk", flat=True))
    lacking = set(chosen.filter(listing.lacking(cycle)).values_list("pk", flat=True))
    able, left_out = [], []
    for row in listing.rows_of(chosen):
        reason = _reason(kind, row, is_own=row.filing in own_filings, lacks=row.filing in lacking)
        if reason:
            left_out.append((row, reason))
        else:
            able.append(row)
    checked = (
        list(_checked(able, inspection_of(cycle))) if kind == JobKind.PUBLISH else [CheckedRow(row) for row in able]
    )
    ready = tuple(each for each in checked if each.is_ready)
    return Selection(ready, tuple(each for each in checked if not each.is_ready), tuple(left_out))


def default_filings(kind: JobKind, cycle: Cycle) -> QuerySet[Filing]:
    """Select all filings of the cycle for which the job is due."""
    approved = listing.approved_of(cycle)
    if kind == JobKind.REISSUE:
        return approved.filter(listing.lacking(cycle), Q(in_force__isnull=False))
    states = listing.TO_PUBLISH if kind == JobKind.PUBLISH else _STATES[kind]
    return approved.filter(Q(state__in=list(states)))


def _reason(kind: JobKind, row: CopyRow, *, is_own: bool, lacks: bool) -> str:
    """Return why the job does nothing for a copy, '' if it does."""
    if is_own:
        return "您在该单位任职，由他人办理"
    if kind == JobKind.REISSUE:
        if row.copy is None:
            return "没有现行的定稿"
        return "" if lacks else "印章和签名齐全，或者没有可用的印章"
    return "" if row.state in _STATES[kind] else row.state_label


def _checked(rows: Iterable[CopyRow], inspection: Inspection) -> Iterable[CheckedRow]:
    listed = list(rows)
    keys = [row.copy for row in listed if row.copy]
    copies = IssuedCopy.objects.filter(pk__in=keys).select_related("revision").in_bulk()
    for row in listed:
        yield CheckedRow(row, inspection.check(copies[row.copy or 0]))
