"""The stored comparison of a cycle for copied content: its state as sentences, and its result for a user."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from django.urls import reverse

from filings.choices import UNFINISHED_JOBS, JobState
from filings.models import CopyComparison, Cycle, User
from filings.oversight.copies import StoredGroup, newest_signed_versions, outdated_count, stored_groups
from filings.similarity.texts import CopiedKind
from filings.views.bureau.similar_groups import visible_groups


@dataclass(frozen=True)
class ComparisonState:
    """A comparison with its state as a sentence."""

    comparison: CopyComparison

    @property
    def is_unfinished(self) -> bool:
        return self.comparison.state in UNFINISHED_JOBS

    @property
    def sentence(self) -> str:
        match JobState(self.comparison.state):
            case JobState.QUEUED:
                return "等待比对"
            case JobState.RUNNING:
                return f"正在比对，{self.comparison.done} / {self.comparison.total} 份"
            case JobState.FAILED:
                return self.comparison.error
        return "已完成"

    def to_json(self) -> dict[str, str | int | bool]:
        """The state as job_progress.js reads it; a finished comparison is shown by the page itself."""
        return {
            "id": self.comparison.pk,
            "state": self.sentence,
            "done": self.comparison.done,
            "total": self.comparison.total,
            "unfinished": self.is_unfinished,
            "address": reverse("similar", args=[self.comparison.cycle_id]),
        }


@dataclass(frozen=True)
class StoredResult:
    """The result of a cycle's last comparison, None before the first one.

    `newest` are the newest signed versions by filing, as primary keys; `outdated` of them are not compared.
    """

    cycle: Cycle
    comparison: CopyComparison | None
    groups: Sequence[StoredGroup]
    newest: Mapping[int, int]
    outdated: int

    @classmethod
    def read(cls, user: User, cycle: Cycle) -> Self:
        comparison = CopyComparison.objects.filter(cycle=cycle).first()
        if comparison is None:
            return cls(cycle, None, (), {}, 0)
        groups = visible_groups(user, cycle, stored_groups(comparison))
        newest = newest_signed_versions(cycle)
        return cls(cycle, comparison, groups, newest, outdated_count(newest, comparison.revisions))

    def count(self, kind: CopiedKind) -> int:
        return sum(group.kind is kind for group in self.groups)
