"""Publish, withdraw or issue again many copies in the background worker.

`CopyJob.done` is the number of filings handled, in the order of `filings`. It is raised in the transaction that handles
a filing, so that a job that was interrupted goes on where it was, and each filing is handled once.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from filings import labels, permissions
from filings.choices import UNFINISHED_JOBS, JobKind, JobState, MessageKind
from filings.errors import AlreadyDone, NotAllowed, StepRefused, checked_text
from filings.lifecycle import issuing
from filings.lifecycle.messages import delivery
from filings.lifecycle.messages.notice import Notice
from filings.models import CopyJob, Cycle, Filing, User
from filings.publication import reissue
from filings.publication.checks import Inspection, inspection_of
from filings.publication.publish import LONGEST_REASON, publish, unpublish

logger = logging.getLogger(__name__)
_SYSTEM_ERROR = "系统出错，未办理，请系统管理员查看日志。"
_FAILED = "办理中断，余下的尚未办理。请点「继续」；仍中断的，请与管理员联系，原因见系统日志。"


def queue(
    cycle: Cycle, kind: JobKind, filings: Sequence[tuple[int, int]], reason: str, *, by: User, now: datetime
) -> CopyJob:
    """Queue a job on filings of the cycle, each with the copy that the user has seen.

    Raises StepRefused while another job of the cycle is unfinished.
    """
    access = permissions.may_publish(by)
    if not access:
        raise NotAllowed(access.reason)
    reason = checked_text(
        reason, "理由", longest=LONGEST_REASON, blank="请写明撤下的理由。" if kind == JobKind.UNPUBLISH else ""
    )
    if not filings:
        raise StepRefused("没有需要办理的定稿。")
    with transaction.atomic():
        _lock(cycle)
        job = CopyJob.objects.create(
            cycle=cycle, kind=kind, filings=list(filings), reason=reason, by=by, at=now, total=len(filings)
        )
        carry_out.enqueue(job.pk)
    return job


def stop(job: CopyJob) -> bool:
    """Ask the worker to stop after the filing at hand; return False if the job has ended."""
    return bool(CopyJob.objects.filter(pk=job.pk, state__in=UNFINISHED_JOBS).update(stop_requested=True))


@transaction.atomic
def resume(job: CopyJob, *, by: User) -> None:
    """Queue the rest of a job that was stopped or interrupted. Raises StepRefused."""
    access = permissions.may_publish(by)
    if not access:
        raise NotAllowed(access.reason)
    _lock(job.cycle)
    resumable = CopyJob.objects.filter(pk=job.pk, done__lt=F("total")).exclude(state__in=UNFINISHED_JOBS)
    queued = {"state": JobState.QUEUED, "stop_requested": False, "error": "", "finished_at": None}
    if not resumable.update(**queued):
        raise AlreadyDone
    carry_out.enqueue(job.pk)


@task()
def carry_out(job_id: int) -> None:
    """Handle the filings of a job that are not handled yet, until it is to stop."""
    job = CopyJob.objects.select_related("cycle__edition", "by").get(pk=job_id)
    if job.state not in UNFINISHED_JOBS:
        return
    CopyJob.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    is_complete = False
    try:
        _handle_all(job, issuing.print_pdf)
        is_complete = True
    finally:
        # The exception goes on to the worker, which logs it.
        _finish(job, JobState.DONE if is_complete else JobState.FAILED)


def fail_abandoned(queued: Callable[[], Collection[int]]) -> int:
    """Fail the jobs whose task no longer exists; return their number; `queued` as in lifecycle.approvals."""
    unfinished = list(CopyJob.objects.filter(state__in=UNFINISHED_JOBS).values_list("pk", flat=True))
    abandoned = set(unfinished) - set(queued())
    for job in CopyJob.objects.filter(pk__in=abandoned).select_related("cycle", "by"):
        _finish(job, JobState.FAILED)
    return len(abandoned)


@transaction.atomic
def _finish(job: CopyJob, state: JobState) -> None:
    """Store the end of the job and write a message to the user."""
    error = _FAILED if state == JobState.FAILED else ""
    CopyJob.objects.filter(pk=job.pk).update(state=state, error=error, finished_at=timezone.now())
    job.refresh_from_db()
    text = f"{job.cycle}的「{labels.COPY_JOB[job.kind]}」{outcome(job)}"
    page = reverse("publication_job", args=(job.cycle_id, job.pk))
    # A job that is continued ends more than once.
    key = f"copies:{job.pk}:{job.done}:{state}"
    delivery.write(Notice(MessageKind.COPIES_DONE, key, text, page), [job.by])


def outcome(job: CopyJob) -> str:
    """Return the end of a job as a sentence."""
    handled = f"已办 {job.done - len(job.failures)} 份"
    failed = f"，{len(job.failures)} 份未办理" if job.failures else ""
    if job.state == JobState.FAILED:
        return f"{handled}{failed}。{job.error}"
    if job.done < job.total:
        return f"已停止，{handled}{failed}，余下 {job.total - job.done} 份。"
    return f"已完成，{handled}{failed}。"


def _lock(cycle: Cycle) -> None:
    """Lock the cycle. Raises StepRefused if one of its jobs is unfinished."""
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    if CopyJob.objects.filter(cycle=cycle, state__in=UNFINISHED_JOBS).exists():
        raise StepRefused("本批次的上一次批量办理尚未完成，请等待完成，或先停止。")


def _handle_all(job: CopyJob, printer: issuing.Printer) -> None:
    inspection = inspection_of(job.cycle)
    for index in range(job.done, len(job.filings)):
        if CopyJob.objects.filter(pk=job.pk, stop_requested=True).exists():
            return
        if job.kind == JobKind.REISSUE:
            _reissue(job, index, printer)
        else:
            _handle(job, index, _step(job, index, inspection))


def _step(job: CopyJob, index: int, inspection: Inspection) -> Callable[[], object]:
    filing, seen = job.filings[index]
    now = timezone.now()
    if job.kind == JobKind.PUBLISH:
        return lambda: publish(filing, by=job.by, now=now, inspection=inspection, seen=seen)
    return lambda: unpublish(filing, job.reason, by=job.by, now=now, seen=seen)


def _reissue(job: CopyJob, index: int, printer: issuing.Printer) -> None:
    """Print outside the transaction. Errors of printing are listed as those of the step."""
    filing, seen = job.filings[index]
    try:
        copy = reissue.copy_to_reissue(filing, by=job.by, seen=seen)
        printed = reissue.print_again(copy, printer)
    except Exception as error:
        _handle(job, index, partial(_raise, error))
        return
    _handle(job, index, lambda: reissue.reissue(copy, printed, job.reason, by=job.by, now=timezone.now()))


def _raise(error: Exception) -> None:
    raise error


def _handle(job: CopyJob, index: int, step: Callable[[], object]) -> None:
    """Take the step for a filing and count it, in one transaction, unless another worker has counted it."""
    with transaction.atomic():
        if CopyJob.objects.filter(pk=job.pk, done=index).update(done=index + 1):
            _take(job, index, step)


def _take(job: CopyJob, index: int, step: Callable[[], object]) -> None:
    """Take the step; a refusal is listed among the failures, and so is any error, which must not stop the others."""
    try:
        with transaction.atomic():
            step()
    except AlreadyDone:
        return
    except StepRefused as refusal:
        _list_failure(job, index, refusal.reason)
    except Exception:
        logger.exception("job %s could not handle filing %s", job.pk, job.filings[index][0])
        _list_failure(job, index, _SYSTEM_ERROR)


def _list_failure(job: CopyJob, index: int, sentence: str) -> None:
    job.failures = [*job.failures, [job.filings[index][0], sentence]]
    CopyJob.objects.filter(pk=job.pk).update(failures=job.failures)


def named(failures: Sequence[tuple[int, str]]) -> list[tuple[str, str]]:
    """Return the failures with the names of their departments."""
    filings = [filing for filing, _sentence in failures]
    names = dict(Filing.objects.filter(pk__in=filings).values_list("pk", "department__name"))
    return [(names.get(filing, ""), sentence) for filing, sentence in failures]
