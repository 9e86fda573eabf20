"""Work on the selected copies: a page that lists what will be done, and the job that does it."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from filings import labels
from filings.choices import JobKind
from filings.errors import StepRefused
from filings.models import Cycle
from filings.publication import jobs
from filings.publication.listing import approved_of
from filings.publication.publish import CONFIRMATIONS, LONGEST_REASON
from filings.publication.selection import Selection, default_filings, divide, parse_ids, parse_seen, select
from filings.views.access import UserRequest
from filings.views.publication.access import publishing_cycle
from filings.views.publication.page import publication_page


@login_required
def selected(request: UserRequest, cycle_id: int, kind: str) -> HttpResponse:
    """List what would be done with the selected copies, and what the checks have found. Nothing is stored."""
    cycle, job_kind = publishing_cycle(request, cycle_id), _kind(kind)
    if request.method != "POST":
        return redirect("publication", cycle.pk)
    try:
        selection = _selection(request, cycle, job_kind)
    except StepRefused as refusal:
        return publication_page(request, cycle, refusal=refusal.reason)
    return _page(request, cycle, job_kind, selection)


@login_required
def start(request: UserRequest, cycle_id: int, kind: str) -> HttpResponse:
    """Queue the job, which checks each copy again. A refusal shows the page again with what was typed."""
    cycle, job_kind = publishing_cycle(request, cycle_id), _kind(kind)
    if request.method != "POST":
        return redirect("publication", cycle.pk)
    try:
        seen = parse_seen(request.POST.getlist("copy"))
    except StepRefused as refusal:
        return publication_page(request, cycle, refusal=refusal.reason)
    chosen = approved_of(cycle).filter(pk__in=seen)
    try:
        if job_kind == JobKind.PUBLISH:
            require_confirmations(request)
        able, _ = divide(job_kind, cycle, chosen, by=request.user)
        filings = [(each.row.filing, seen[each.row.filing]) for each in able]
        reason = request.POST.get("reason", "")
        job = jobs.queue(cycle, job_kind, filings, reason, by=request.user, now=timezone.now())
    except StepRefused as refusal:
        selection = select(job_kind, cycle, chosen, by=request.user)
        return _page(request, cycle, job_kind, selection, refusal=refusal.reason)
    return redirect("publication_job", cycle.pk, job.pk)


def require_confirmations(request: UserRequest) -> None:
    """Raise StepRefused unless all CONFIRMATIONS are ticked."""
    ticked = request.POST.getlist("confirmed")
    missing = [text for number, text in enumerate(CONFIRMATIONS) if str(number) not in ticked]
    if missing:
        raise StepRefused(f"公开前须勾选确认：{'、'.join(missing)}。")


def _kind(text: str) -> JobKind:
    try:
        return JobKind(text)
    except ValueError as error:
        raise Http404 from error


def _selection(request: UserRequest, cycle: Cycle, kind: JobKind) -> Selection:
    """Divide the ticked copies, or all for which the job is due. Raises StepRefused."""
    if request.POST.get("all"):
        chosen = default_filings(kind, cycle)
    else:
        chosen = approved_of(cycle).filter(pk__in=parse_ids(request.POST.getlist("filing")))
    return select(kind, cycle, chosen, by=request.user)


def _page(
    request: UserRequest, cycle: Cycle, kind: JobKind, selection: Selection, *, refusal: str = ""
) -> HttpResponse:
    context = {
        "cycle": cycle,
        "kind": kind,
        "title": labels.COPY_JOB[kind],
        "selection": selection,
        "confirmations": list(enumerate(CONFIRMATIONS)),
        "confirmed": request.POST.getlist("confirmed"),
        "reason": request.POST.get("reason", ""),
        "longest": LONGEST_REASON,
        "refusal": refusal,
    }
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "filings/publication/selected.html", context, status=status)
