"""公开办法: edit the publication settings of a cycle."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from filings import permissions
from filings.cycles import publication_settings
from filings.cycles.starting import SetupStep
from filings.errors import StepRefused
from filings.forms.setup.publication import PublicationForm
from filings.models import Cycle
from filings.views.access import UserRequest, cycle_or_404, demand
from filings.views.setup.steps import page_context


@login_required
def publication(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Show the form of the settings."""
    demand(permissions.may_manage(request.user))
    cycle = cycle_or_404(cycle_id)
    return _page(request, cycle, _form(cycle))


@require_POST
@login_required
def save_publication(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Store the settings."""
    demand(permissions.may_manage(request.user))
    cycle = cycle_or_404(cycle_id)
    form = _form(cycle, request.POST)
    if not form.is_valid():
        return _page(request, cycle, form, status=HTTPStatus.BAD_REQUEST)
    data = form.cleaned_data
    try:
        publication_settings.change(cycle, form.policy, data["publish_by"], expected_stamp=data["stamp"])
    except StepRefused as refusal:
        form.add_error(None, refusal.reason)
        return _page(request, cycle, form, status=HTTPStatus.CONFLICT)
    messages.success(request, "公开办法已保存。")
    return redirect("setup_publication", cycle.pk)


def _form(cycle: Cycle, data: Any = None) -> PublicationForm:
    initial = {"stamp": publication_settings.stamp(cycle), "publish_by": cycle.publish_by}
    return PublicationForm(data, before=cycle.review_policy().publication, initial=initial)


def _page(request: UserRequest, cycle: Cycle, form: PublicationForm, *, status: int = 200) -> HttpResponse:
    is_verified = cycle.review_policy().publication.verified
    context = {**page_context(cycle, SetupStep.PUBLICATION), "form": form, "is_verified": is_verified}
    return render(request, "filings/setup/publication.html", context, status=status)
