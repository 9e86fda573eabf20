"""Distribute selected filings among the reviewers of their stage: all to one, or evenly."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from filings import four_eyes, permissions
from filings.choices import Status
from filings.errors import StepRefused
from filings.lifecycle import claims
from filings.lifecycle.bulk import BulkResult, LeftOut, withdrawn
from filings.models import Filing, Membership, User
from filings.reviewing.selection import Selected


@dataclass(frozen=True)
class ReviewerLoad:
    """A reviewer who can take `possible` of the selected filings and has claimed `load` others in review."""

    user: User
    possible: int
    load: int


@dataclass(frozen=True)
class AssignmentPlan:
    """The selected filings in review with the reviewers who may decide on each, and those left out."""

    reviewers: dict[Filing, list[User]]
    left_out: list[LeftOut]
    unknown: int

    def candidates(self) -> list[ReviewerLoad]:
        """Return everyone who can take at least one of the filings, those with the least to do first."""
        possible = Counter(user for users in self.reviewers.values() for user in users)
        load = self.load()
        found = [ReviewerLoad(user, count, load[user.pk]) for user, count in possible.items()]
        return sorted(found, key=lambda candidate: (candidate.load, candidate.user.pk))

    def load(self) -> Counter[int]:
        """Count the filings in review that each reviewer has claimed, without the selected ones and closed cycles."""
        users = {user for users in self.reviewers.values() for user in users}
        in_review = Filing.objects.filter(status=Status.IN_REVIEW, cycle__closed_at=None)
        claimed = in_review.filter(reviewer__in=users).exclude(pk__in=self._keys())
        return Counter(dict(claimed.order_by().values_list("reviewer").annotate(Count("pk"))))

    def _keys(self) -> list[int]:
        return [filing.pk for filing in self.reviewers]


def plan(user: User, selection: Iterable[Selected]) -> AssignmentPlan:
    """Find the reviewers of each selected filing, with one query for all filings of the same section and stage."""
    keys = [item.filing_id for item in selection]
    known = permissions.reviewed_by(user).filter(pk__in=keys).order_by("department__code")
    filings = list(known.select_related("cycle", "department__section", "reviewer"))
    in_review = [filing for filing in filings if filing.status == Status.IN_REVIEW]
    reviewers = _reviewers_of(in_review)
    left_out = [LeftOut(filing, "不在审核中，不能分配。") for filing in filings if filing.status != Status.IN_REVIEW]
    left_out += [LeftOut(filing, "当前环节没有可以审核的人。") for filing in in_review if not reviewers[filing]]
    assignable = {filing: users for filing, users in reviewers.items() if users}
    gone = withdrawn(user, set(keys).difference(filing.pk for filing in filings))
    return AssignmentPlan(assignable, left_out + gone, len(keys) - len(filings) - len(gone))


def assign(user: User, selection: Iterable[Selected], to: User | None) -> BulkResult:
    """Assign the selected filings to one reviewer, or each to the reviewer with the fewest. One event each."""
    planned = plan(user, selection)
    load = planned.load()
    done, left_out = [], list(planned.left_out)
    for filing, users in planned.reviewers.items():
        try:
            chosen = to or _least_loaded(filing, users, load)
            if chosen.pk != filing.reviewer_id:
                claims.hand_over(filing, by=user, to=chosen, over=filing.reviewer_id)
        except StepRefused as refusal:
            left_out.append(LeftOut(filing, refusal.reason))
        else:
            load[chosen.pk] += 1
            filing.reviewer = chosen
            done.append(filing)
    return BulkResult(done, left_out, planned.unknown)


def _least_loaded(filing: Filing, users: list[User], load: Counter[int]) -> User:
    """Return the reviewer with the fewest filings who took no part in this one. Raises StepRefused if all did."""
    excluded = four_eyes.excluded(filing)
    free = [user for user in users if user.pk not in excluded]
    if not free:
        raise StepRefused("当前环节的审核人都参与过这一版的填报或审核，请管理员增设审核人。")
    return min(free, key=lambda user: (load[user.pk], user.pk))


def _reviewers_of(filings: list[Filing]) -> dict[Filing, list[User]]:
    """Return the reviewers of each filing without the members of its department."""
    groups: dict[tuple[object, ...], list[User]] = {}
    for filing in filings:
        if _group(filing) not in groups:
            groups[_group(filing)] = list(permissions.reviewers_of_stage(filing.stage, filing.department))
    members = set(
        Membership.objects.filter(department__filings__in=filings).values_list("user", "department").distinct()
    )
    return {
        filing: [user for user in groups[_group(filing)] if (user.pk, filing.department_id) not in members]
        for filing in filings
    }


def _group(filing: Filing) -> tuple[object, ...]:
    return filing.stage, filing.department.section_id, filing.department.supervisor_id
