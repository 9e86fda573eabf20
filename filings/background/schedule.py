"""Queue the tasks that repeat every day, each once."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult


def queue_once(task: "Task[Any, Any]", run_after: datetime | None) -> None:
    """Queue a task without arguments unless it is queued already; without a time it is due at once.

    Only the worker calls this, and only one runs, so that exactly one is queued.
    """
    if not DBTaskResult.objects.filter(task_path=task.module_path, status=TaskResultStatus.READY).exists():
        task.using(run_after=run_after).enqueue()


def next_time(now: datetime, hour: int, minute: int) -> datetime:
    """Return the next time of day after `now`, on the clock of the site."""
    today = timezone.localtime(now).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)
