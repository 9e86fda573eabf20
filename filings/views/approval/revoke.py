"""撤回批复: ask first, with the reason that the verification page will show."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from filings import permissions
from filings.actions.table import ACTIONS
from filings.choices import Action, Status
from filings.errors import AlreadyDone, NotAllowed, StepRefused
from filings.forms.approval import RevocationForm
from filings.forms.error_text import error_text
from filings.lifecycle import workflow
from filings.models import Filing
from filings.views.access import UserRequest, demand, filing_or_404


@login_required
def revoke(request: UserRequest, filing_id: int) -> HttpResponse:
    """Show what revoking means (GET), or revoke the approval (POST)."""
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may(request.user, Action.REVOKE, filing))
    if request.method == "POST":
        return _revoke(request, filing)
    if not workflow.is_in_turn(Action.REVOKE, filing):
        messages.error(request, ACTIONS[Action.REVOKE].out_of_turn)
        return redirect("read", filing.pk)
    return _page(request, filing, RevocationForm())


def _revoke(request: UserRequest, filing: Filing) -> HttpResponse:
    form = RevocationForm(request.POST)
    if not form.is_valid():
        return _page(request, filing, form, refusal=error_text(form), status=HTTPStatus.BAD_REQUEST)
    lock, reason = form.cleaned_data["lock"], form.cleaned_data["reason"]
    try:
        done = workflow.perform(Action.REVOKE, filing, by=request.user, expected_lock=lock, reason=reason)
    except AlreadyDone as repeated:
        messages.info(request, repeated.reason)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.reason) from refusal
    except StepRefused as refusal:
        present = filing_or_404(request.user, filing.pk)
        return _page(request, present, form, refusal=refusal.reason, status=HTTPStatus.CONFLICT)
    else:
        messages.success(request, ACTIONS[Action.REVOKE].confirmation(Status(done.status)))
    return redirect("read", filing.pk)


def _page(
    request: UserRequest, filing: Filing, form: RevocationForm, *, refusal: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "filing": filing,
        "copy": filing.live_copy(),
        "is_public": filing.publications.filter(ended_at=None).exists(),
        "stage": filing.cycle.stages_for(filing.department)[-1],
        "form": form,
        "refusal": refusal,
    }
    return render(request, "filings/approval/revoke.html", context, status=status)
