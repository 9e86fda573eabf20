"""Work of every night: the check of everything that is stored, in steps between which other tasks are carried out."""

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from filings.background.schedule import next_time, queue_once
from filings.integrity import check
from filings.integrity.check import LAST
from filings.models import IntegrityCheck

NIGHT = (2, 0)
# After approvals, messages and exports.
PRIORITY = -20


@task(priority=PRIORITY)
def nightly() -> None:
    """Begin a check. The next night's is queued first, so that a failure does not end it."""
    queue_nightly()
    start_check()


@task(priority=PRIORITY)
def go_on(check_id: int, last: int) -> None:
    """Check the filings after `last` and queue the next step, unless this step has been carried out before."""
    with transaction.atomic():
        running = IntegrityCheck.objects.select_for_update().filter(pk=check_id, finished_at=None).first()
        if running is None or running.counts[LAST] != last:
            return
        if check.go_on(running):
            go_on.enqueue(check_id, running.counts[LAST])


def start_check() -> bool:
    """Begin a check; False while one is going on."""
    path, unfinished = go_on.module_path, (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    with transaction.atomic():
        if DBTaskResult.objects.filter(task_path=path, status__in=unfinished).exists():
            return False
        begun = check.begin()
        go_on.enqueue(begun.pk, begun.counts[LAST])
    return True


def queue_nightly() -> None:
    """Queue the work of the next night, unless it is queued already."""
    queue_once(nightly, next_time(timezone.now(), *NIGHT))
