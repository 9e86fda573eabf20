"""Import seals from a zip archive, with a preview."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from filings import permissions
from filings.cycles import seals, signed_preview
from filings.cycles.outcome import OutcomeKind, count_kinds
from filings.cycles.starting import SetupStep
from filings.errors import StepRefused
from filings.formats.file import CannotRead
from filings.formats.readers.sandbox.zip_limits import LARGEST_UPLOAD
from filings.forms.list_workbook import SignedPreviewForm
from filings.forms.setup.files import SealArchiveForm
from filings.lifecycle import stored_files
from filings.models import Cycle, Department
from filings.views.access import UserRequest, cycle_or_404, demand
from filings.views.seal_thumbnail import thumbnail
from filings.views.setup.list_pages import KIND_LABELS
from filings.views.setup.steps import page_context

PURPOSE = "seals"
# Pixels of a picture in the list of the preview.
_PICTURE_SIDE = 160


@login_required
def seals_page(request: UserRequest, cycle_id: int) -> HttpResponse:
    """List the departments of the cycle without a seal."""
    demand(permissions.may_manage(request.user))
    return _page(request, cycle_or_404(cycle_id), SealArchiveForm())


@require_POST
@login_required
def preview_seals(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Show which pictures belong to which departments. No department is changed."""
    demand(permissions.may_manage(request.user))
    cycle = cycle_or_404(cycle_id)
    form = SealArchiveForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, cycle, form, status=HTTPStatus.BAD_REQUEST)
    try:
        # One byte more than the limit is enough to refuse a larger file.
        outcomes = seals.read_seals(form.cleaned_data["file"].read(LARGEST_UPLOAD + 1))
    except CannotRead as refusal:
        form.add_error("file", str(refusal))
        return _page(request, cycle, form, status=HTTPStatus.BAD_REQUEST)
    counts = count_kinds(outcome.kind for outcome in outcomes)
    signed = signed_preview.sign(seals.previewed(outcomes), PURPOSE, cycle, request.user)
    context = {
        **page_context(cycle, SetupStep.SEALS),
        "file_name": form.cleaned_data["file"].name,
        "lines": [(KIND_LABELS[outcome.kind], outcome, _picture(outcome)) for outcome in outcomes],
        "counts": [(KIND_LABELS[kind], number) for kind, number in counts.items() if number],
        "importable": counts[OutcomeKind.NEW] + counts[OutcomeKind.CHANGED],
        "form": SignedPreviewForm(initial={"preview": signed}),
    }
    return render(request, "filings/setup/seals_preview.html", context)


def _picture(outcome: seals.SealOutcome) -> str:
    """Return the seal as it would be printed, without its paper; '' for a refused picture."""
    return thumbnail(stored_files.content_of(outcome.stored_as), _PICTURE_SIDE) if outcome.stored_as else ""


@require_POST
@login_required
def adopt_seals(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Give the departments their previewed seals."""
    demand(permissions.may_manage(request.user))
    cycle = cycle_or_404(cycle_id)
    form = SignedPreviewForm(request.POST)
    try:
        if not form.is_valid():
            raise StepRefused(signed_preview.INCOMPLETE)
        count = seals.store_seals(signed_preview.unsign(form.cleaned_data["preview"], PURPOSE, cycle, request.user))
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, f"已存 {count} 个单位的印章；以后批复的定稿用新印章，已批复的不变。")
    return redirect("setup_seals", cycle.pk)


def _page(request: UserRequest, cycle: Cycle, form: SealArchiveForm, *, status: int = 200) -> HttpResponse:
    enrolled = Department.objects.filter(enrolments__cycle=cycle).order_by("code")
    context = {
        **page_context(cycle, SetupStep.SEALS),
        "form": form,
        "without": enrolled.filter(seal=""),
        "with_count": enrolled.exclude(seal="").count(),
    }
    return render(request, "filings/setup/seals.html", context, status=status)
