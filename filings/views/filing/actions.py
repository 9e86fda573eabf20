"""Actions of a department, each with its own POST address. 提交送签 and 审签 are in views/submission.

A refused action changes nothing and shows its page again with the user's input.
"""

from functools import partial
from http import HTTPStatus
from typing import Protocol

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from filings import permissions
from filings.actions.table import ACTIONS
from filings.choices import Action, Status
from filings.errors import AlreadyDone, NotAllowed, StepRefused
from filings.formats.file import CannotPrint
from filings.forms.actions import AdjustForm, SendBackForm, StepForm
from filings.forms.error_text import error_text
from filings.lifecycle import workflow
from filings.models import Cycle, Department, Filing, User
from filings.views.access import UserRequest, demand, filing_or_404
from filings.views.filing.detail import detail_page
from filings.views.submission.signing import signing_page


class ActionPage(Protocol):
    """Render the page on which the action was chosen, with the reason of the refusal and the user's input."""

    def __call__(self, filing: Filing, *, refusal: str, status: int) -> HttpResponse: ...


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
    return _perform(request, filing_id, Action.WITHDRAW, StepForm(request.POST), partial(detail_page, request))


@require_POST
@login_required
def adjust(request: UserRequest, filing_id: int) -> HttpResponse:
    form = AdjustForm(request.POST)
    return _perform(request, filing_id, Action.ADJUST, form, partial(detail_page, request, form=form))


@require_POST
@login_required
def send_back(request: UserRequest, filing_id: int) -> HttpResponse:
    form = SendBackForm(request.POST)
    return _perform(request, filing_id, Action.SEND_BACK, form, partial(signing_page, request, form=form))


def _perform(request: UserRequest, filing_id: int, action: Action, form: StepForm, page: ActionPage) -> HttpResponse:
    filing = filing_or_404(request.user, filing_id)
    if not form.is_valid():
        demand(permissions.may(request.user, action, filing))
        return page(filing, refusal=error_text(form), status=HTTPStatus.BAD_REQUEST)
    try:
        filing = _perform_valid(action, filing, request.user, form)
    except AlreadyDone as done:
        messages.info(request, done.reason)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.reason) from refusal
    except (StepRefused, CannotPrint) as refusal:
        return page(filing_or_404(request.user, filing_id), refusal=str(refusal), status=HTTPStatus.CONFLICT)
    else:
        messages.success(request, ACTIONS[action].confirmation(Status(filing.status)))
    return redirect("read", filing_id)


def _perform_valid(action: Action, filing: Filing, by: User, form: StepForm) -> Filing:
    typed = form.cleaned_data
    return workflow.perform(action, filing, by=by, expected_lock=typed["lock"], reason=typed.get("reason", ""))
