"""The edition, and the name, year, dates and stages of a cycle."""

from dataclasses import replace
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from filings import permissions
from filings.clocks.working_days import overrides
from filings.cycles import changes
from filings.cycles.starting import SetupStep, missing_holidays
from filings.errors import StepRefused
from filings.forms.setup.details import CycleDetailsForm, initial
from filings.models import Cycle, FormEdition
from filings.models.keys import parse_key
from filings.views.access import UserRequest, cycle_or_404, demand
from filings.views.setup.steps import page_context


@login_required
def details(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Show the form of the details."""
    demand(permissions.may_manage(request.user))
    cycle = cycle_or_404(cycle_id)
    stored = initial(changes.details_of(cycle), changes.stamp(cycle))
    return _page(request, cycle, CycleDetailsForm(initial=stored, cycle=cycle))


@require_POST
@login_required
def save_details(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Store the details."""
    demand(permissions.may_manage(request.user))
    cycle = cycle_or_404(cycle_id)
    form = CycleDetailsForm(request.POST, cycle=cycle)
    if not form.is_valid():
        return _page(request, cycle, form, status=HTTPStatus.BAD_REQUEST)
    try:
        stamp = form.cleaned_data["stamp"]
        changes.change(cycle, form.details, by=request.user, expected_stamp=stamp, today=timezone.localdate())
    except StepRefused as refusal:
        form.add_error(None, refusal.reason)
        cycle = cycle_or_404(cycle_id)
        if stamp != changes.stamp(cycle):
            form.keep_after_conflict(cycle)
        return _page(request, cycle, form, status=HTTPStatus.CONFLICT)
    messages.success(request, "批次已保存。")
    return redirect("setup_details", cycle.pk)


@login_required
def edition(request: UserRequest, cycle_id: int) -> HttpResponse:
    """List the editions to choose from."""
    demand(permissions.may_manage(request.user))
    cycle = cycle_or_404(cycle_id)
    editions = FormEdition.objects.order_by("code", "-version")
    context = {
        **page_context(cycle, SetupStep.EDITION),
        "editions": [(item, item.definition().notes) for item in editions],
        "stamp": changes.stamp(cycle),
    }
    return render(request, "filings/setup/edition.html", context)


@require_POST
@login_required
def choose_edition(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Store the chosen edition."""
    demand(permissions.may_manage(request.user))
    cycle = cycle_or_404(cycle_id)
    chosen = request.POST.get("edition", "")
    found = FormEdition.objects.filter(pk=parse_key(chosen) or 0).first()
    try:
        if found is None:
            raise StepRefused("请先选择一个表样。")
        wanted = replace(changes.details_of(cycle), edition=found)
        stamp = request.POST.get("stamp", "")
        changes.change(cycle, wanted, by=request.user, expected_stamp=stamp, today=timezone.localdate())
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, f"本批次选用「{found.name}」第 {found.version} 版。")
    return redirect("setup_edition", cycle.pk)


def _page(request: UserRequest, cycle: Cycle, form: CycleDetailsForm, *, status: int = 200) -> HttpResponse:
    notices = list(missing_holidays(cycle, overrides()))
    context = {**page_context(cycle, SetupStep.DETAILS), "form": form, "notices": notices}
    return render(request, "filings/setup/details.html", context, status=status)
