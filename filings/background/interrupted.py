"""Tasks that a worker did not finish because it was killed.

django-tasks leaves such a task RUNNING for ever. Every task of this program can be carried out again: it first looks at
what has been done.
"""

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

MOST_ATTEMPTS = 3


def requeue_interrupted() -> int:
    """Queue the tasks of killed workers again and return their number. Call it while no other worker runs.

    A task that has been interrupted repeatedly may be the cause; it is marked as failed instead.
    """
    count = 0
    for row in DBTaskResult.objects.running():
        if len(row.worker_ids) < MOST_ATTEMPTS:
            count += DBTaskResult.objects.filter(pk=row.pk).update(status=TaskResultStatus.READY, started_at=None)
        else:
            DBTaskResult.objects.filter(pk=row.pk).update(
                status=TaskResultStatus.FAILED,
                finished_at=timezone.now(),
                traceback=f"The worker was killed {len(row.worker_ids)} times during this task.",
            )
    return count
