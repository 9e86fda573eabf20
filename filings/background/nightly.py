"""Work of every night: the check of everything that is stored, in steps between which other tasks are carried out."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from filings.background.schedule import next_time, queue_once
from filings.integrity import check
from filings.models import IntegrityCheck

NIGHT = (2, 0)
# After approvals, messages and exports.
PRIORITY = -20


@task(priority=PRIORITY)
def nightly() -> None:
    """Begin a check. The next night's is queued first, so that a failure does not end it."""
    queue_nightly()
    abandon_interrupted()
    start_check()


@task(priority=PRIORITY)
def go_on(check_id: int, last: int) -> None:
    """Check the filings after `last` and queue the next step, unless this step has been carried out before.

    The transaction begins after the check, which takes seconds.
    """
    if not _waiting(check_id, last).exists():
        return
    step = check.check_after(last)
    with transaction.atomic():
        running = _waiting(check_id, last).select_for_update().first()
        if running is None:
            return
        check.store(running, step)
        if step:
            go_on.enqueue(check_id, step.last)


def abandon_interrupted() -> int:
    """Finish the checks without a task, whose step has failed, and return their number."""
    if is_going_on():
        return 0
    interrupted = IntegrityCheck.objects.filter(finished_at=None)
    for each in interrupted:
        check.abandon(each)
    return len(interrupted)


def start_check() -> bool:
    """Begin a check; False while one is going on."""
    with transaction.atomic():
        if is_going_on():
            return False
        begun = check.begin()
        go_on.enqueue(begun.pk, begun.last_filing)
    return True


def queue_nightly() -> None:
    """Queue the work of the next night, unless it is queued already."""
    queue_once(nightly, next_time(timezone.now(), *NIGHT))


def _waiting(check_id: int, last: int) -> QuerySet[IntegrityCheck]:
    return IntegrityCheck.objects.filter(pk=check_id, finished_at=None, last_filing=last)


def is_going_on() -> bool:
    """Whether a step of a check is queued or carried out."""
    unfinished = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return DBTaskResult.objects.filter(task_path=go_on.module_path, status__in=unfinished).exists()
