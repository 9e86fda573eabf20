"""Answers about a filing that the user may no longer see because it was withdrawn: who did it, and what was typed."""

from collections.abc import Sequence
from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.shortcuts import render

from filings import permissions
from filings.models import Filing, ReviewDraft, User
from filings.reviewing.draft_content import DraftContent
from filings.views.access import UserRequest
from filings.views.review.access import described, drafted_filing, last_action, opened_filing
from filings.views.review.expired_login import adopt_typed
from filings.views.review.posted_draft import PostedDraft, incomplete, keep


def gone_page(request: UserRequest, filing_id: int) -> HttpResponse:
    """Show the user's draft on a filing withdrawn from the user's review. Raises Http404 for other filings."""
    withdrawals = permissions.withdrawals_from(request.user, [filing_id])
    filing = withdrawals[0].filing if withdrawals else drafted_filing(request.user, filing_id)
    if filing is None:
        raise Http404
    adopt_typed(request, filing)
    drafts = ReviewDraft.objects.filter(revision__filing=filing, by=request.user).order_by("-revision__number")
    texts = [text for draft in drafts for text in DraftContent.from_json(draft.content).texts]
    return _answer(request, filing, texts, is_kept=True)


def gone_decision(request: UserRequest, filing_id: int, content: DraftContent) -> HttpResponse:
    """Refuse a decision on a filing that the user may no longer see; store what was typed if the user had it open."""
    filing = opened_filing(request.user, filing_id, request.POST.get("signature", ""))
    kept = None
    if filing:
        posted = PostedDraft.of_form(request.POST) or incomplete(filing, request.user, content)
        kept = keep(posted, filing, request.user)
    return _answer(request, filing, content.texts, is_kept=kept is not None, refusal="操作未完成。")


def _answer(
    request: UserRequest, filing: Filing | None, texts: Sequence[str], *, is_kept: bool, refusal: str = ""
) -> HttpResponse:
    happened = _happened(request.user, filing) if filing else ""
    context = {"filing": filing, "happened": happened, "texts": texts, "is_kept": is_kept, "refusal": refusal}
    return render(request, "filings/review/gone.html", context, status=HTTPStatus.NOT_FOUND)


def _happened(user: User, filing: Filing) -> str:
    """Describe the withdrawal; without one, as after another section took over, the last action."""
    withdrawals = permissions.withdrawals_from(user, [filing.pk])
    return described(withdrawals[0]) if withdrawals else last_action(filing)
