"""撤回批复: ask first, with the reason that the verification page will show."""

from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from filings import permissions
from filings.actions.table import ACTIONS
from filings.choices import Action
from filings.forms.approval import RevocationForm
from filings.lifecycle import workflow
from filings.models import Filing
from filings.views.access import UserRequest, demand, filing_or_404
from filings.views.filing.perform import perform


@login_required
def revoke(request: UserRequest, filing_id: int) -> HttpResponse:
    """Show what revoking means (GET), or revoke the approval (POST)."""
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may(request.user, Action.REVOKE, filing))
    if request.method == "POST":
        form = RevocationForm(request.POST)
        return perform(request, filing_id, Action.REVOKE, form, partial(_page, request, form=form))
    if not workflow.is_in_turn(Action.REVOKE, filing):
        messages.error(request, ACTIONS[Action.REVOKE].out_of_turn)
        return redirect("read", filing.pk)
    return _page(request, filing, form=RevocationForm())


def _page(
    request: UserRequest, filing: Filing, *, form: RevocationForm, refusal: str = "", status: int = HTTPStatus.OK
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
