"""结束批次: a page that lists what is unfinished before it asks, and the reopening with a reason."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from filings import permissions
from filings.choices import CycleAction, Status
from filings.cycles import closing
from filings.cycles.starting import SetupStep
from filings.errors import StepRefused
from filings.forms.setup.files import CloseForm
from filings.models import Cycle
from filings.oversight.counts import counts_of
from filings.oversight.enrolled import enrolled_of
from filings.oversight.states import STATES
from filings.views.access import UserRequest, cycle_or_404, demand
from filings.views.setup.steps import page_context

_EVENTS = {CycleAction.CLOSE: "结束", CycleAction.REOPEN: "重新开启"}


@login_required
def close_page(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Count what is unfinished, and ask before the cycle is closed or reopened."""
    demand(permissions.may_manage(request.user))
    return _page(request, cycle_or_404(cycle_id), CloseForm())


@require_POST
@login_required
def close_cycle(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Close the cycle."""
    demand(permissions.may_manage(request.user))
    cycle, form = cycle_or_404(cycle_id), CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, cycle, form, status=HTTPStatus.BAD_REQUEST)
    try:
        closing.close(cycle, by=request.user, now=timezone.now())
    except StepRefused as refusal:
        return _page(request, cycle, form, refusal=refusal.reason, status=HTTPStatus.CONFLICT)
    messages.success(request, f"批次「{cycle}」已结束，不再办理和催办。")
    return redirect("setup_close", cycle.pk)


@require_POST
@login_required
def reopen_cycle(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Reopen the cycle. A refusal shows the page again with the reason as typed."""
    demand(permissions.may_manage(request.user))
    cycle, reason = cycle_or_404(cycle_id), request.POST.get("reason", "")
    try:
        closing.reopen(cycle, reason, by=request.user, now=timezone.now())
    except StepRefused as refusal:
        return _page(request, cycle, CloseForm(), refusal=refusal.reason, reason=reason, status=HTTPStatus.CONFLICT)
    messages.success(request, f"批次「{cycle}」已重新开启，各项办理从原处继续。")
    return redirect("setup_close", cycle.pk)


def _page(
    request: UserRequest, cycle: Cycle, form: CloseForm, *, refusal: str = "", reason: str = "", status: int = 200
) -> HttpResponse:
    counts = counts_of(enrolled_of(cycle, request.user, today=timezone.localdate())).all
    states = [(state, STATES[state], number) for state, number in counts.by_state.items()]
    context = {
        **page_context(cycle, SetupStep.CLOSE),
        "form": form,
        "refusal": refusal,
        "reason": reason,
        "longest": closing.LONGEST_REASON,
        "total": counts.total,
        "unfinished": [item for item in states if item[0] != Status.APPROVED and item[2]],
        "waiting": closing.waiting_in(cycle),
        "approved": counts.by_state[Status.APPROVED],
        "events": [(_EVENTS[CycleAction(event.action)], event) for event in cycle.events.all()],
    }
    return render(request, "filings/setup/close.html", context, status=status)
