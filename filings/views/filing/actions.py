"""Actions of a department, each with its own POST address. 提交送签 and 审签 are in views/submission.

A refused action changes nothing and shows its page again with the user's input.
"""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from filings.choices import Action
from filings.errors import NotAllowed, StepRefused
from filings.forms.actions import AdjustForm, SendBackForm, StepForm
from filings.lifecycle import workflow
from filings.models import Cycle, Department
from filings.views.access import UserRequest
from filings.views.filing.detail import detail_page
from filings.views.filing.perform import perform
from filings.views.submission.signing import signing_page


@require_POST
@login_required
def start(request: UserRequest, cycle_id: int, department_id: int) -> HttpResponse:
    cycle = get_object_or_404(Cycle, pk=cycle_id)
    department = get_object_or_404(Department.objects.distinct(), pk=department_id, memberships__user=request.user)
    try:
        filing = workflow.start(cycle, department, by=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.reason) from refusal
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
        return redirect("todo")
    return redirect("fill", filing.pk)


@require_POST
@login_required
def withdraw(request: UserRequest, filing_id: int) -> HttpResponse:
    return perform(request, filing_id, Action.WITHDRAW, StepForm(request.POST), partial(detail_page, request))


@require_POST
@login_required
def adjust(request: UserRequest, filing_id: int) -> HttpResponse:
    form = AdjustForm(request.POST)
    return perform(request, filing_id, Action.ADJUST, form, partial(detail_page, request, form=form))


@require_POST
@login_required
def send_back(request: UserRequest, filing_id: int) -> HttpResponse:
    form = SendBackForm(request.POST)
    return perform(request, filing_id, Action.SEND_BACK, form, partial(signing_page, request, form=form))
