"""The background worker in tests: carries out queued tasks at once, in the test's own thread and database."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max


def work(*, ahead: bool = False, keep_failures: bool = False) -> int:
    """Carry out the tasks that are due, and those that they enqueue; return their number.

    `ahead` also carries out what is deferred now, as if its time had come. A task's exception is raised, unless
    `keep_failures` stores it with the task and goes on, as the real worker does.
    """
    count = 0
    deferred_before = timezone.now() if ahead else None
    while (row := _queued(deferred_before).first()) is not None:
        DBTaskResult.objects.filter(pk=row.pk).update(status=TaskResultStatus.RUNNING, started_at=timezone.now())
        count += 1
        try:
            row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        except Exception as error:
            if not keep_failures:
                raise
            row.set_failed(error)
            continue
        DBTaskResult.objects.filter(pk=row.pk).update(
            status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now(), return_value=None
        )
    return count


def _queued(deferred_before: datetime | None) -> "QuerySet[DBTaskResult[Any, Any]]":
    """Select the tasks that are due, and all that were queued before a moment, in the order of the worker."""
    due = Q(run_after=get_date_max()) | Q(run_after__lte=timezone.now())
    if deferred_before:
        due |= Q(enqueued_at__lte=deferred_before)
    return DBTaskResult.objects.filter(due, status=TaskResultStatus.READY)
