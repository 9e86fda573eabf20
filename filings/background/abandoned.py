"""What waits for a task that has ended without it, because its worker was killed repeatedly."""

from typing import Any

from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from filings.exports import jobs
from filings.lifecycle import approvals
from filings.oversight import copies
from filings.publication import jobs as publication_jobs

_UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


def fail_abandoned() -> int:
    """Mark what waits for a task that no longer exists as failed; return the number.

    The user gets a message about an approval, an export or a job on copies; the page 雷同检查 displays that a
    comparison has failed.
    """
    return (
        approvals.fail_abandoned(lambda: _first_arguments(approvals.carry_out))
        + jobs.fail_abandoned(lambda: _first_arguments(jobs.make_export))
        + copies.fail_abandoned(lambda: _first_arguments(copies.compare_copies))
        + publication_jobs.fail_abandoned(lambda: _first_arguments(publication_jobs.carry_out))
    )


def _first_arguments(task: "Task[Any, Any]") -> set[int]:
    """Return the primary keys for which a task is queued or running."""
    rows = DBTaskResult.objects.filter(task_path=task.module_path, status__in=_UNFINISHED)
    return {arguments["args"][0] for arguments in rows.values_list("args_kwargs", flat=True)}
