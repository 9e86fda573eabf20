"""取消调整: ask first, with what is kept and what is given up."""

from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from filings import drafts, permissions
from filings.actions.table import ACTIONS
from filings.choices import Action, Status
from filings.drafts.adjustment_reasons import drafted
from filings.forms.actions import StepForm
from filings.lifecycle import workflow
from filings.lifecycle.adjustment import of_draft
from filings.models import Filing
from filings.reviewing.remarks import asked
from filings.views.access import UserRequest, demand, filing_or_404
from filings.views.filing.perform import perform


@login_required
def cancel_adjustment(request: UserRequest, filing_id: int) -> HttpResponse:
    """Show what cancelling means (GET), or cancel the adjustment (POST)."""
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may(request.user, Action.CANCEL_ADJUSTMENT, filing))
    if request.method == "POST":
        return perform(request, filing_id, Action.CANCEL_ADJUSTMENT, StepForm(request.POST), partial(_page, request))
    if not workflow.is_in_turn(Action.CANCEL_ADJUSTMENT, filing):
        messages.error(request, ACTIONS[Action.CANCEL_ADJUSTMENT].out_of_turn)
        return redirect("read", filing.pk)
    return _page(request, filing)


def _page(request: UserRequest, filing: Filing, *, refusal: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    context = {"filing": filing, "refusal": refusal}
    if workflow.is_in_turn(Action.CANCEL_ADJUSTMENT, filing):
        draft = drafts.load(filing)
        adjustment = of_draft(filing, draft.document, draft.edition)
        revisions = filing.revisions.filter(number__gt=adjustment.copy.revision.number) if adjustment else None
        context |= {
            "adjustment": adjustment,
            "revisions": revisions.filter(cancelled=None) if revisions else (),
            "has_reasons": drafted(filing).exists(),
            "has_remarks": filing.status == Status.RETURNED and bool(asked(filing)),
        }
    return render(request, "filings/filing/cancel_adjustment.html", context, status=status)
