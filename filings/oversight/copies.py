"""Compare the filings of a cycle for copied content (雷同) in the background worker, and read the stored result."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from filings import permissions
from filings.choices import UNFINISHED_JOBS, JobState, Status
from filings.models import CopyComparison, Cycle, Filing, Revision, User
from filings.similarity.groups import CopyGroup, find_copies
from filings.similarity.texts import CopiedKind, FilingTexts, texts_of

# Filings between two writes of the progress.
STEP = 50
# Characters of an excerpt, as the page shows it.
LONGEST_EXCERPT = 80
_FAILED = "比对未成功，请重新比对；仍未成功的，请与管理员联系，原因见系统日志。"


@dataclass(frozen=True)
class StoredMember:
    """A filing of a group by primary key, with the version compared, and a CopyMember's percent, place and excerpt."""

    filing: int
    revision: int
    percent: int
    place: str
    excerpt: str


@dataclass(frozen=True)
class StoredGroup:
    """Filings with copied content of one kind. The percentages refer to the filing `first`, the first member."""

    kind: CopiedKind
    first: int
    members: tuple[StoredMember, ...]

    @property
    def percent(self) -> int:
        """The percentage of the filing most similar to the first, which need not be among the members."""
        return max(member.percent for member in self.members if member.filing != self.first)


def queue_comparison(cycle: Cycle, *, by: User | None, now: datetime) -> bool:
    """Queue a comparison and return True; return False while one is being made."""
    with transaction.atomic():
        Cycle.objects.select_for_update().get(pk=cycle.pk)
        if CopyComparison.objects.filter(cycle=cycle, state__in=UNFINISHED_JOBS).exists():
            return False
        values = {"state": JobState.QUEUED, "by": by, "at": now, "total": 0, "done": 0, "error": ""}
        comparison, _ = CopyComparison.objects.update_or_create(cycle=cycle, defaults=values)
        compare_copies.enqueue(comparison.pk)
    return True


def queue_outdated_comparisons(now: datetime) -> None:
    """Queue a comparison for each open cycle with filings in review, if versions were signed since its last result."""
    in_review = Filing.objects.filter(status=Status.IN_REVIEW).order_by().values("cycle")
    for cycle in Cycle.objects.filter(pk__in=in_review, closed_at=None):
        compared = CopyComparison.objects.filter(cycle=cycle).values_list("revisions", flat=True).first()
        if outdated_count(newest_signed_versions(cycle), compared or ()):
            queue_comparison(cycle, by=None, now=now)


@task()
def compare_copies(comparison_id: int) -> None:
    """Compare from the beginning, unless it is done: the worker may have been killed meanwhile."""
    comparison = CopyComparison.objects.defer("revisions", "groups").get(pk=comparison_id)
    if comparison.state == JobState.DONE:
        return
    result: dict[str, Any] = {"state": JobState.FAILED, "error": _FAILED}
    _update(comparison, state=JobState.RUNNING, error="")
    try:
        result = _compare(comparison)
    finally:
        # The exception goes on to the worker, which logs it.
        _update(comparison, **result)


def fail_abandoned(queued: Callable[[], Collection[int]]) -> int:
    """Fail the comparisons whose task no longer exists; return their number; `queued` as in lifecycle.approvals."""
    unfinished = list(CopyComparison.objects.filter(state__in=UNFINISHED_JOBS).values_list("pk", flat=True))
    abandoned = set(unfinished) - set(queued())
    return CopyComparison.objects.filter(pk__in=abandoned).update(state=JobState.FAILED, error=_FAILED)


def newest_signed_versions(cycle: Cycle) -> dict[int, int]:
    """Return the newest version signed by the department's head, by filing; both are primary keys."""
    filings = Filing.objects.filter(cycle=cycle).annotate(signed=permissions.newest_signed_revision())
    return dict(filings.exclude(signed=None).values_list("pk", "signed"))


def outdated_count(newest: Mapping[int, int], compared: Iterable[int]) -> int:
    """Count the `newest_signed_versions` that are not among the compared ones."""
    return len(set(newest.values()) - set(compared))


def stored_groups(comparison: CopyComparison) -> list[StoredGroup]:
    """Parse the stored result, the largest groups first."""
    return [
        StoredGroup(CopiedKind(group["kind"]), group["first"], tuple(StoredMember(**item) for item in group["members"]))
        for group in comparison.groups
    ]


def _compare(comparison: CopyComparison) -> dict[str, Any]:
    versions = newest_signed_versions(comparison.cycle)
    _update(comparison, total=len(versions), done=0)
    groups = find_copies(list(_texts(comparison, versions)))
    return {
        "state": JobState.DONE,
        "done": len(versions),
        "finished_at": timezone.now(),
        "revisions": sorted(versions.values()),
        "groups": [_to_json(group, versions) for group in groups],
    }


def _texts(comparison: CopyComparison, versions: Mapping[int, int]) -> Iterator[FilingTexts]:
    """Yield the texts of the versions, counting them."""
    revisions = Revision.objects.filter(pk__in=versions.values()).select_related("filing__department")
    columns = ("content", "filing__department__name")
    for number, revision in enumerate(revisions.only(*columns).iterator(), start=1):
        yield texts_of(revision.filing_id, revision.document(), [revision.filing.department.name])
        if number % STEP == 0:
            _update(comparison, done=number)


def _to_json(group: CopyGroup, versions: Mapping[int, int]) -> dict[str, Any]:
    members = (
        StoredMember(item.key, versions[item.key], item.percent, str(item.place), item.excerpt[:LONGEST_EXCERPT])
        for item in group.members
    )
    return {"kind": group.kind, "first": group.members[0].key, "members": [asdict(member) for member in members]}


def _update(comparison: CopyComparison, **values: Any) -> None:
    CopyComparison.objects.filter(pk=comparison.pk).update(**values)
