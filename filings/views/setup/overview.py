"""The steps of a cycle with what is done and what is missing, and the start, which asks first."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from filings import labels, permissions
from filings.cycles import starting
from filings.cycles.starting import SetupStep
from filings.errors import StepRefused
from filings.forms.setup.files import StartForm
from filings.models import Cycle
from filings.views.access import UserRequest, cycle_or_404, demand
from filings.views.cycle_choice import cycle_choice
from filings.views.setup.steps import page_context, steps


@login_required
def setup(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Show all steps of a cycle."""
    demand(permissions.may_manage(request.user))
    cycle = cycle_or_404(cycle_id)
    context = {"cycle": cycle, "cycle_choice": cycle_choice(request, "setup", cycle), "steps": steps(cycle)}
    return render(request, "filings/setup/overview.html", context)


@login_required
def start_page(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Sum up the cycle with all checks, and ask before the start."""
    demand(permissions.may_manage(request.user))
    return _page(request, cycle_or_404(cycle_id), StartForm())


@require_POST
@login_required
def start_cycle(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Start the cycle."""
    demand(permissions.may_manage(request.user))
    cycle = cycle_or_404(cycle_id)
    form = StartForm(request.POST)
    if not form.is_valid():
        return _page(request, cycle, form, status=HTTPStatus.BAD_REQUEST)
    try:
        starting.start(cycle, by=request.user, now=timezone.now(), today=timezone.localdate())
    except StepRefused as refusal:
        form.add_error(None, refusal.reason)
        return _page(request, cycle, form, status=HTTPStatus.CONFLICT)
    messages.success(request, f"「{cycle}」已启动，名单上的单位从 {cycle.opens_on} 起可以填报。")
    return redirect("setup", cycle.pk)


def _page(request: UserRequest, cycle: Cycle, form: StartForm, *, status: int = 200) -> HttpResponse:
    listed = steps(cycle)
    checks = [(link, check) for link in listed for check in link.checks]
    context = {
        **page_context(cycle, SetupStep.START),
        "form": form,
        "steps": [link for link in listed if link.step not in (SetupStep.START, SetupStep.CLOSE)],
        "stage_labels": [labels.STAGE[stage] for stage in cycle.stages],
        "stopping": [(link, check) for link, check in checks if check.stops],
        "noticed": [(link, check) for link, check in checks if not check.stops],
    }
    return render(request, "filings/setup/start.html", context, status=status)
