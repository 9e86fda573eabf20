"""Filings whose content is copied."""

from dataclasses import dataclass

from django.utils import timezone

from filings.oversight.copies import queue_comparison
from filings.tests.county import County
from filings.tests.views.bureau.similar_filings import compare, copies


@dataclass(frozen=True)
class CopiedPair:
    """The primary keys of two filings with the same content and of their cycle."""

    cycle_id: int
    first: int
    second: int


def copied_goals(county: County) -> CopiedPair:
    first, second = copies(county, "县文化馆", "县图书馆")
    compare(county)
    return CopiedPair(county.cycle.pk, first.pk, second.pk)


def comparing_again(county: County) -> CopiedPair:
    """A new comparison waits for the worker."""
    pair = copied_goals(county)
    queue_comparison(county.cycle, by=county.manager, now=timezone.now())
    return pair
