"""Work of every morning: abandoned tasks, messages about deadlines, comparisons, removal of what is old."""

from datetime import datetime, timedelta

from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from filings.background.abandoned import fail_abandoned
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
    send_deadlines(timezone.localdate())
    files.delete_old(timezone.now())
    queue_outdated_comparisons(timezone.now())
    call_command("prune_db_task_results", queue_name="*", min_age_days=KEPT_DAYS, verbosity=0)


def queue_daily(run_after: datetime | None = None) -> None:
    """Queue the daily work unless it is queued already; without a time it is due at once.

    Only the worker calls this, and only one runs, so that exactly one is queued.
    """
    if not DBTaskResult.objects.filter(task_path=daily.module_path, status=TaskResultStatus.READY).exists():
        daily.using(run_after=run_after).enqueue()


def next_morning(now: datetime) -> datetime:
    hour, minute = MORNING
    morning = timezone.localtime(now).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return morning if morning > now else morning + timedelta(days=1)
