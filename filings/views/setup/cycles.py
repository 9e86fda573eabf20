"""List the cycles, and create one: empty, or after the model of an earlier one."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from filings import permissions
from filings.cycles import changes, next_year
from filings.forms.setup.details import CycleDetailsForm, initial
from filings.integrity import check
from filings.models import Cycle
from filings.views.access import UserRequest, cycle_or_404, demand


@login_required
def cycles(request: UserRequest) -> HttpResponse:
    """List all cycles, newest first."""
    demand(permissions.may_manage(request.user))
    listed = Cycle.objects.select_related("edition").annotate(
        department_count=Count("enrolments", distinct=True), filing_count=Count("filings", distinct=True)
    )
    context = {"cycles": listed.order_by("-year", "-id"), "check": check.latest()}
    return render(request, "filings/setup/cycles.html", context)


@login_required
def new_cycle(request: UserRequest) -> HttpResponse:
    """Show the form of a new cycle without a model."""
    demand(permissions.may_manage(request.user))
    return _page(request, CycleDetailsForm(), None)


@login_required
def next_cycle(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Show the form of a new cycle with what is proposed after this one."""
    demand(permissions.may_manage(request.user))
    model = cycle_or_404(cycle_id)
    return _page(request, CycleDetailsForm(initial=initial(next_year.propose(model))), model)


@require_POST
@login_required
def create(request: UserRequest) -> HttpResponse:
    """Create a cycle without a model."""
    demand(permissions.may_manage(request.user))
    form = CycleDetailsForm(request.POST)
    if not form.is_valid():
        return _page(request, form, None, status=HTTPStatus.BAD_REQUEST)
    return _created(request, changes.create(form.details))


@require_POST
@login_required
def create_next(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Create a cycle with the policy and the departments of an earlier one."""
    demand(permissions.may_manage(request.user))
    model = cycle_or_404(cycle_id)
    form = CycleDetailsForm(request.POST)
    if not form.is_valid():
        return _page(request, form, model, status=HTTPStatus.BAD_REQUEST)
    return _created(request, next_year.create_after(model, form.details))


def _created(request: UserRequest, cycle: Cycle) -> HttpResponse:
    messages.success(request, f"已新建批次「{cycle}」，尚未启动。请按下面的步骤核对。")
    return redirect("setup", cycle.pk)


def _page(request: UserRequest, form: CycleDetailsForm, model: Cycle | None, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "model": model,
        "department_count": model.enrolments.count() if model else 0,
        "models": Cycle.objects.select_related("edition").order_by("-year", "-id")[:5],
    }
    return render(request, "filings/setup/new_cycle.html", context, status=status)
