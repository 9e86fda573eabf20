"""豁免: waive one error, with a reason, on the page of the filing or of its review."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from filings import permissions
from filings.actions.table import ACTIONS
from filings.choices import Action, Status
from filings.errors import AlreadyDone, NotAllowed, StepRefused
from filings.forms.review import ReviewForm
from filings.lifecycle import waivers
from filings.models import Filing
from filings.views.access import UserRequest, demand, filing_or_404
from filings.views.filing.detail import detail_page
from filings.views.review.page import review_page
from filings.views.review.posted_draft import PostedDraft, keep


@require_POST
@login_required
def waive(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may(request.user, Action.WAIVE, filing))
    identity = request.POST.get("finding", "")
    try:
        waivers.waive(filing, identity, request.POST.get(f"waive-{identity}", ""), by=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.reason) from refusal
    except AlreadyDone as done:
        messages.info(request, done.reason)
    except StepRefused as refusal:
        return _page(request, filing, refusal.reason, HTTPStatus.CONFLICT)
    else:
        messages.success(request, ACTIONS[Action.WAIVE].done)
    if filing.status == Status.IN_REVIEW:
        return _page(request, filing, "", HTTPStatus.OK)
    return redirect("read", filing.pk)


def _page(request: UserRequest, filing: Filing, refusal: str, status: int) -> HttpResponse:
    """Render the page from which the form was posted, with the remarks typed on it."""
    if filing.status == Status.IN_REVIEW and permissions.may_decide(request.user, filing):
        keep(PostedDraft.of_form(request.POST), filing, request.user)
        content = ReviewForm(request.POST).content
        return review_page(request, filing, content=content, refusal=refusal, status=status)
    return detail_page(request, filing, refusal=refusal, status=status)
