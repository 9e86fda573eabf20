"""States of the county in which the board and the page of exports look different."""

from dataclasses import dataclass

from django.utils import timezone

from filings.choices import ExportKind, JobState
from filings.models import Cycle, Export
from filings.oversight.remind import remind
from filings.oversight.sentences import default_sentence
from filings.tests.county import County


@dataclass(frozen=True)
class SentReminders:
    """Reminders of the manager, with the parts of their address."""

    cycle_id: int
    microseconds: int


def reminded(county: County) -> SentReminders:
    """Remind all departments, one of which has started."""
    county.started()
    ids = [str(key) for key in county.cycle.enrolments.values_list("department", flat=True)]
    at = remind(county.cycle, ids, default_sentence(county.cycle), by=county.manager, now=timezone.now())
    return SentReminders(county.cycle.pk, round(at.timestamp() * 1_000_000))


def exports(county: County) -> Cycle:
    """Exports in all states."""
    for state in JobState:
        Export.objects.create(
            cycle=county.cycle,
            kind=ExportKind.COPIES,
            by=county.manager,
            at=timezone.now(),
            state=state,
            total=3,
            done=2,
            failures=1,
            file="exports/1-盖章定稿.zip" if state == JobState.DONE else "",
            error="导出未成功，请重新导出。" if state == JobState.FAILED else "",
        )
    return county.cycle
