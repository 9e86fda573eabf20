"""Whether the worker runs: tasks that are due and have not been begun."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, F, Min, Q, When
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

PATIENCE = timedelta(minutes=2)
# A worker whose task began within this time is taken to be busy with it; an export may take some minutes.
LONGEST_TASK = timedelta(minutes=10)


@dataclass(frozen=True)
class DelayedTasks:
    """Number of tasks that have been due for longer than PATIENCE, and how many minutes the oldest has waited."""

    count: int
    minutes: int


def delayed_tasks(now: datetime) -> DelayedTasks | None:
    """Count delayed tasks with one query on the few queued rows; None if there are none or the worker is busy."""
    queued = DBTaskResult.objects.filter(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING))
    due = Case(When(run_after=get_date_max(), then=F("enqueued_at")), default=F("run_after"))
    found = queued.annotate(due=due).aggregate(
        count=Count("pk", filter=Q(status=TaskResultStatus.READY, due__lte=now - PATIENCE)),
        oldest=Min("due", filter=Q(status=TaskResultStatus.READY)),
        begun=Count("pk", filter=Q(status=TaskResultStatus.RUNNING, started_at__gt=now - LONGEST_TASK)),
    )
    if not found["count"] or found["begun"]:
        return None
    return DelayedTasks(found["count"], int((now - found["oldest"]).total_seconds() // 60))
