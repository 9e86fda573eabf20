"""What a submission or a signature concerns, as both pages sum it up."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from filings.clocks.due import clock_of
from filings.clocks.working_days import overrides
from filings.models import Filing
from filings.views.approval.summary import amounts_of, indicator_counts
from filings.views.table.compared import changes_against_last_year, changes_since_last_version
from filings.views.table.progress import SplitState, budget_splits
from filings.views.visible_version import VisibleVersion


@dataclass(frozen=True)
class Summary:
    """Amounts as (label, text in the edition's unit), sums, counts, and comparisons, each None without a counterpart.

    The comparisons are contexts `compared` of filings/table/_compared.html.
    """

    amounts: list[tuple[str, str]]
    splits: list[SplitState]
    duties: int
    indicators: int
    classes: list[tuple[str, int]]
    since_last_version: dict[str, Any] | None
    against_last_year: dict[str, Any] | None


def summary_of(version: VisibleVersion) -> Summary:
    document, edition = version.document, version.edition
    return Summary(
        amounts_of(document, edition),
        budget_splits(document.amounts, edition),
        len(document.duties),
        len(document.indicators),
        indicator_counts(document, edition),
        changes_since_last_version(version, linked=False),
        changes_against_last_year(version, linked=False),
    )


def deadline_of(filing: Filing) -> dict[str, Any]:
    """Return the clock of the filing, whether the department's deadline has passed, and the days of a review stage."""
    days = filing.cycle.review_policy().review_days
    return {"clock": clock_of(filing, overrides()), "is_late": filing.is_late(timezone.now()), "review_days": days}
