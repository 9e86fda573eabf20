"""The background worker in tests: carries out queued tasks at once, in the test's own thread and database."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult


def work(*, ahead: bool = False) -> int:
    """Carry out the tasks that are due, and those that they enqueue; return their number.

    `ahead` also carries out deferred tasks, as if their time had come. A task's exception is raised.
    """
    count = 0
    while (row := _queued(ahead=ahead).order_by("run_after", "enqueued_at").first()) is not None:
        DBTaskResult.objects.filter(pk=row.pk).update(status=TaskResultStatus.RUNNING)
        row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        DBTaskResult.objects.filter(pk=row.pk).update(
            status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now(), return_value=None
        )
        count += 1
    return count


def _queued(*, ahead: bool) -> "QuerySet[DBTaskResult[Any, Any]]":
    queued = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    return queued if ahead else queued.filter(Q(run_after__isnull=True) | Q(run_after__lte=timezone.now()))
