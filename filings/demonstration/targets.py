"""Decide how far each department of the large county gets this year, and with what faults."""

from collections.abc import Iterator, Sequence
from random import Random

from filings.choices import Stage, Status
from filings.demonstration.content import Variation
from filings.demonstration.county_data import DepartmentPlan
from filings.demonstration.histories import PlannedEnd

NOT_STARTED = "not_started"
# Together with the named departments: 20 not started, 25 drafts, 10 signing, 60 in review, 15 returned, 20 approved.
COUNTS = {
    NOT_STARTED: 19,
    Status.DRAFT: 23,
    Status.SIGNING: 9,
    Stage.SECTION: 34,
    Stage.PERFORMANCE: 24,
    Status.RETURNED: 14,
    Status.APPROVED: 19,
}
_COPIED = 5
_COPYING_SECTORS = ("town", "health", "school")
# Days since the last step, so that some reviews and corrections are overdue.
_DAYS = (1, 2, 3, 1, 5, 2, 9, 4, 1, 12)


def targets(plans: Sequence[DepartmentPlan]) -> dict[str, PlannedEnd]:
    """Return the target of each department by code, always the same for the same departments."""
    ends = [end for end, count in COUNTS.items() for _ in range(count)]
    Random(len(ends)).shuffle(ends)  # noqa: S311 — a mixed demonstration
    copied = set(_copied(plans))
    return {
        plan.code: _target(str(end), number, plan.code in copied)
        for number, (plan, end) in enumerate(zip(plans, ends, strict=False))
    }


def _copied(plans: Sequence[DepartmentPlan]) -> Iterator[str]:
    """Yield the departments whose tables are copied from the first of their sector."""
    for sector in _COPYING_SECTORS:
        yield from [plan.code for plan in plans if plan.sector == sector][:_COPIED]


def _target(end: str, number: int, is_copied: bool) -> PlannedEnd:
    is_reviewed = end in (Stage.SECTION, Stage.PERFORMANCE)
    is_draft = end == Status.DRAFT
    variation = Variation(
        is_copied=is_copied,
        jumps=number % 9 == 4,
        is_vague=number % 7 == 3,
        lacks_cost=number % 8 == 5,
        is_weaker=number % 10 == 6,
        is_wrong=is_draft and number % 3 == 0,
        rows=number % 8 if is_draft and number % 2 else None,
    )
    return PlannedEnd(
        ends=end,
        days=_DAYS[number % len(_DAYS)],
        is_second_round=number % 4 == 0 if is_reviewed else end == Status.RETURNED and number % 3 == 1,
        settles=number % 8 == 0,
        is_claimed=is_reviewed and number % 3 == 0,
        variation=variation,
    )
