"""退回 and 审核通过: the decisions of a reviewer. What was typed is stored before, and deleted only if one succeeds."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from filings import permissions
from filings.actions.table import ACTIONS
from filings.choices import Action, Status
from filings.errors import AlreadyDone, NotAllowed, StepRefused
from filings.formats.file import CannotPrint
from filings.forms.error_text import error_text
from filings.forms.review import ReviewForm
from filings.lifecycle import claims, transitions, workflow
from filings.lifecycle.decision import entered
from filings.lifecycle.waiting_approval import waiting_approval
from filings.models import Filing, User
from filings.reviewing import review_draft
from filings.reviewing.review_draft import KeptDraft
from filings.views.access import UserRequest, demand, filing_or_404
from filings.views.review.draft_posts import MERGED
from filings.views.review.expired_login import login_required_for_review
from filings.views.review.gone import gone_decision
from filings.views.review.page import review_page
from filings.views.review.posted_draft import PostedDraft, incomplete, keep
from filings.views.review.queue_place import confirm_approval, following, open_review, query_of


@require_POST
@login_required_for_review
def return_(request: UserRequest, filing_id: int) -> HttpResponse:
    return _decide(request, filing_id, Action.RETURN)


@require_POST
@login_required_for_review
def approve_stage(request: UserRequest, filing_id: int) -> HttpResponse:
    return _decide(request, filing_id, Action.APPROVE_STAGE)


def _decide(request: UserRequest, filing_id: int, action: Action) -> HttpResponse:
    """Store what was typed, then decide; after a refusal show the page with it."""
    form, posted = ReviewForm(request.POST), PostedDraft.of_form(request.POST)
    query = query_of(request.POST)
    try:
        filing = filing_or_404(request.user, filing_id)
    except Http404:
        return gone_decision(request, filing_id, form.content)
    posted = posted or incomplete(filing, request.user, form.content)
    kept = keep(posted, filing, request.user)
    if kept and not kept.is_newest:
        return review_page(request, filing, refusal=MERGED, status=HTTPStatus.CONFLICT)
    if not form.is_valid():
        demand(permissions.may(request.user, action, filing))
        return _refused(request, filing, form, error_text(form), HTTPStatus.BAD_REQUEST)
    next_filing = following(request.user, filing, query)
    claimer = claims.claimer(filing, request.user)
    try:
        if action == Action.APPROVE_STAGE and _is_last(filing, request.user, form):
            return _confirm_approval(request, filing, claimer)
        done = _perform(action, filing, request.user, form)
    except AlreadyDone as repeated:
        messages.info(request, repeated.reason)
    except NotAllowed as refusal:
        is_kept = kept is not None and not form.content.is_blank
        raise PermissionDenied(f"{refusal.reason}{'您写的意见已保存。' if is_kept else ''}") from refusal
    except (StepRefused, CannotPrint) as refusal:
        return _refused(request, filing, form, str(refusal), HTTPStatus.CONFLICT)
    else:
        if posted and kept:
            _discard_draft(posted, kept, filing, request.user)
        messages.success(request, _done(action, done, taken_from=claimer))
    return open_review(next_filing, query)


def _is_last(filing: Filing, by: User, form: ReviewForm) -> bool:
    """Whether the approval is the last one, which a page of its own confirms. Raises ClaimedByAnother."""
    is_current = form.cleaned_data["lock"] == filing.lock and not waiting_approval(filing)
    if not is_current or not transitions.is_last_stage(filing) or not permissions.may_decide(by, filing):
        return False
    claims.require_own(filing, by=by, over=form.cleaned_data["over"])
    return True


def _perform(action: Action, filing: Filing, by: User, form: ReviewForm) -> Filing:
    typed = form.cleaned_data
    with claims.own(filing, by=by, over=typed["over"]):
        return workflow.perform(action, filing, by=by, expected_lock=typed["lock"], **entered(form.content))


def _refused(request: UserRequest, filing: Filing, form: ReviewForm, refusal: str, status: int) -> HttpResponse:
    """Show the page with what was typed and the filing in its present state."""
    present = filing_or_404(request.user, filing.pk)
    return review_page(request, present, content=form.content, refusal=refusal, status=status)


def _discard_draft(posted: PostedDraft, kept: KeptDraft, filing: Filing, user: User) -> None:
    """Delete the draft that was decided on, unless another window has saved a newer one meanwhile."""
    if revision := posted.revision_of(filing):
        review_draft.discard(revision, user, kept.number)


def _confirm_approval(request: UserRequest, filing: Filing, claimer: User | None) -> HttpResponse:
    if claimer:
        messages.info(request, f"已从 {claimer} 处接手，归您审核。")
    return confirm_approval(filing, query_of(request.POST))


def _done(action: Action, filing: Filing, *, taken_from: User | None) -> str:
    """Confirm the decision with a link to the filing, since the next one opens."""
    sentence = ACTIONS[action].confirmation(Status(filing.status))
    context = {"filing": filing, "sentence": sentence, "address": reverse("read", args=[filing.pk])}
    context["taken_from"] = taken_from
    return render_to_string("filings/review/_done.html", context)
