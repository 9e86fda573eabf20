"""Perform an action on a filing that was posted on a page; a refused one shows the page again with the user's input."""

from http import HTTPStatus
from typing import Protocol

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect

from filings import permissions
from filings.actions.table import ACTIONS
from filings.choices import Action, Status
from filings.errors import AlreadyDone, NotAllowed, StepRefused
from filings.formats.file import CannotPrint
from filings.forms.actions import StepForm
from filings.forms.error_text import error_text
from filings.lifecycle import workflow
from filings.models import Filing, User
from filings.views.access import UserRequest, demand, filing_or_404


class ActionPage(Protocol):
    """Render the page on which the action was chosen, with the reason of the refusal and the user's input."""

    def __call__(self, filing: Filing, *, refusal: str, status: int) -> HttpResponse: ...


def perform(request: UserRequest, filing_id: int, action: Action, form: StepForm, page: ActionPage) -> HttpResponse:
    """Perform an action with its posted form, and go on to the filing; a refused one shows its page again.

    Raises PermissionDenied to users who may not take the action.
    """
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
