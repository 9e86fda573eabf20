"""审核办法: edit the review policy of a cycle."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from filings import permissions
from filings.cycles import policy_changes
from filings.cycles.starting import SetupStep
from filings.errors import StepRefused
from filings.forms.setup.policy import ReviewPolicyForm
from filings.models import Cycle
from filings.views.access import UserRequest, cycle_or_404, demand
from filings.views.setup.steps import page_context


@login_required
def policy(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Show the form of the policy."""
    demand(permissions.may_manage(request.user))
    cycle = cycle_or_404(cycle_id)
    stamp, is_started = policy_changes.stamp(cycle), cycle.started_at is not None
    return _page(request, cycle, ReviewPolicyForm(before=cycle.review_policy(), stamp=stamp, is_started=is_started))


@require_POST
@login_required
def save_policy(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Store the policy."""
    demand(permissions.may_manage(request.user))
    cycle = cycle_or_404(cycle_id)
    stamp = policy_changes.stamp(cycle)
    is_started = cycle.started_at is not None
    form = ReviewPolicyForm(request.POST, before=cycle.review_policy(), stamp=stamp, is_started=is_started)
    if not form.is_valid():
        return _page(request, cycle, form, status=HTTPStatus.BAD_REQUEST)
    try:
        policy_changes.change(cycle, form.policy, expected_stamp=form.cleaned_data["stamp"])
    except StepRefused as refusal:
        form.add_error(None, refusal.reason)
        return _page(request, cycle, form, status=HTTPStatus.CONFLICT)
    messages.success(request, "审核办法已保存。")
    return redirect("setup_policy", cycle.pk)


def _page(request: UserRequest, cycle: Cycle, form: ReviewPolicyForm, *, status: int = 200) -> HttpResponse:
    context = {
        **page_context(cycle, SetupStep.POLICY),
        "form": form,
        "total": cycle.review_policy().score_sheet.points,
        "is_verified": cycle.review_policy().score_sheet.verified,
        "statements_verified": cycle.review_policy().statements_verified,
    }
    return render(request, "filings/setup/policy.html", context, status=status)
