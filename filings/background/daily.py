"""Work of every morning: abandoned tasks, messages about deadlines, comparisons, removal of what is old."""

from datetime import datetime

from django.core.management import call_command
from django.utils import timezone
from django_tasks import task

from filings.background.abandoned import fail_abandoned
from filings.background.nightly import abandon_interrupted
from filings.background.schedule import next_time, queue_once
from filings.exports import files
from filings.lifecycle.messages.deadlines import send_deadlines
from filings.oversight.copies import queue_outdated_comparisons

MORNING = (7, 30)
KEPT_DAYS = 14


@task()
def daily() -> None:
    """Carry out the daily work. It is queued for the next morning first, so that a failure does not end it."""
    queue_daily(next_morning(timezone.now()))
    fail_abandoned()
    abandon_interrupted()
    send_deadlines(timezone.localdate())
    files.delete_old(timezone.now())
    queue_outdated_comparisons(timezone.now())
    call_command("prune_db_task_results", queue_name="*", min_age_days=KEPT_DAYS, verbosity=0)


def queue_daily(run_after: datetime | None = None) -> None:
    """Queue the daily work unless it is queued already; without a time it is due at once."""
    queue_once(daily, run_after)


def next_morning(now: datetime) -> datetime:
    return next_time(now, *MORNING)
