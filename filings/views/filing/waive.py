"""豁免: waive one error, with a reason, on the page of the filing or of its review."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from filings import permissions
from filings.actions.table import ACTIONS
from filings.choices import Action, Status
from filings.errors import AlreadyDone, NotAllowed, StepRefused
from filings.forms.review import ReviewForm
from filings.lifecycle import waivers
from filings.models import Filing
from filings.reviewing.draft_content import DraftContent
from filings.views.access import UserRequest, demand, filing_or_404
from filings.views.filing.detail import detail_page
from filings.views.review.gone import gone_decision
from filings.views.review.page import review_page
from filings.views.review.posted_draft import PostedDraft, incomplete, keep
from filings.views.review.queue_place import open_review, query_of
from filings.views.waiver_reasons import keep_others

_TOO_LONG = f"未豁免：本页的豁免理由合计太长。每条理由最多 {waivers.LONGEST_REASON} 字，请缩短后再豁免。"


@require_POST
@login_required
def waive(request: UserRequest, filing_id: int) -> HttpResponse:
    try:
        filing = filing_or_404(request.user, filing_id)
    except Http404:
        return gone_decision(request, filing_id, ReviewForm(request.POST).content)
    demand(permissions.may(request.user, Action.WAIVE, filing))
    identity = request.POST.get("finding", "")
    if not keep_others(request, filing, identity):
        return _refused(request, filing, _TOO_LONG)
    try:
        waivers.waive(filing, identity, request.POST.get(f"waive-{identity}", ""), by=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.reason) from refusal
    except AlreadyDone as done:
        messages.info(request, done.reason)
    except StepRefused as refusal:
        return _refused(request, filing, refusal.reason)
    else:
        messages.success(request, ACTIONS[Action.WAIVE].done)
    if not _is_reviewing(request, filing):
        return redirect("read", filing.pk)
    _keep_remarks(request, filing)
    return open_review(filing, query_of(request.POST))


def _refused(request: UserRequest, filing: Filing, refusal: str) -> HttpResponse:
    """Render the page from which the form was posted, with what was typed on it."""
    if _is_reviewing(request, filing):
        content = _keep_remarks(request, filing)
        return review_page(request, filing, content=content, refusal=refusal, status=HTTPStatus.CONFLICT)
    return detail_page(request, filing, refusal=refusal, status=HTTPStatus.CONFLICT)


def _keep_remarks(request: UserRequest, filing: Filing) -> DraftContent:
    """Store the remarks typed on the review page, and return them."""
    content = ReviewForm(request.POST).content
    posted = PostedDraft.of_form(request.POST) or incomplete(filing, request.user, content)
    keep(posted, filing, request.user)
    return content


def _is_reviewing(request: UserRequest, filing: Filing) -> bool:
    return filing.status == Status.IN_REVIEW and bool(permissions.may_decide(request.user, filing))
