"""The progress of a job on many copies: stop it, and continue it."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from filings import labels
from filings.choices import UNFINISHED_JOBS
from filings.errors import AlreadyDone, StepRefused
from filings.models import CopyJob, Cycle
from filings.publication import jobs
from filings.views.access import UserRequest
from filings.views.cycle_choice import cycle_choice
from filings.views.publication.access import publishing_cycle
from filings.views.publication.page import job_state


@login_required
def job(request: UserRequest, cycle_id: int, job_id: int) -> HttpResponse:
    """Show the progress and what was not done."""
    cycle = publishing_cycle(request, cycle_id)
    return _page(request, cycle, _job_or_404(cycle, job_id))


@login_required
def progress(request: UserRequest, cycle_id: int, job_id: int) -> JsonResponse:
    """Return the state of the job for the page's script."""
    found = _job_or_404(publishing_cycle(request, cycle_id), job_id)
    item = {
        "id": found.pk,
        "state": job_state(found),
        "done": found.done,
        "total": found.total,
        "unfinished": found.state in UNFINISHED_JOBS,
    }
    return JsonResponse({"jobs": [item]})


@require_POST
@login_required
def stop(request: UserRequest, cycle_id: int, job_id: int) -> HttpResponse:
    """Stop the job after the copy at hand."""
    found = _job_or_404(publishing_cycle(request, cycle_id), job_id)
    if jobs.stop(found):
        messages.success(request, "已要求停止，正在办理的一份办完后停止。")
    else:
        messages.info(request, "这次办理已经结束，不需要停止。")
    return redirect("publication_job", cycle_id, job_id)


@require_POST
@login_required
def resume(request: UserRequest, cycle_id: int, job_id: int) -> HttpResponse:
    """Continue a job that was stopped or interrupted."""
    cycle = publishing_cycle(request, cycle_id)
    found = _job_or_404(cycle, job_id)
    try:
        jobs.resume(found, by=request.user)
    except AlreadyDone:
        messages.info(request, "这次办理已全部办完，没有余下的。")
    except StepRefused as refusal:
        return _page(request, cycle, found, refusal=refusal.reason)
    return redirect("publication_job", cycle_id, job_id)


def _job_or_404(cycle: Cycle, job_id: int) -> CopyJob:
    found = CopyJob.objects.filter(cycle=cycle, pk=job_id).select_related("by").first()
    if found is None:
        raise Http404("本批次没有这次批量办理。")
    return found


def _page(request: UserRequest, cycle: Cycle, found: CopyJob, *, refusal: str = "") -> HttpResponse:
    is_unfinished = found.state in UNFINISHED_JOBS
    context = {
        "cycle": cycle,
        "cycle_choice": cycle_choice(request, "publication", cycle),
        "job": found,
        "title": labels.COPY_JOB[found.kind],
        "state": job_state(found),
        "failures": jobs.named(found.failures),
        "is_unfinished": is_unfinished,
        "can_resume": not is_unfinished and found.done < found.total,
        "refusal": refusal,
    }
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "filings/publication/job.html", context, status=status)
