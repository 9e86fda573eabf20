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

_REFUSAL = "操作未完成。"


def gone_page(request: UserRequest, filing_id: int) -> HttpResponse:
    """Show the user's draft on a filing withdrawn from the user's review. Raises Http404 for other filings."""
    filing = _withdrawn(request.user, filing_id) or drafted_filing(request.user, filing_id)
    if filing is None:
        raise Http404
    adopt_typed(request, filing)
    return _answer(request, filing, _stored_texts(filing, request.user), is_kept=True)


def gone_decision(request: UserRequest, filing_id: int, content: DraftContent) -> HttpResponse:
    """Refuse a decision on a filing that the user may no longer see; store what was typed if the user had it open.

    The form of the last approval has a part of the draft only, which is merged with the stored one.
    """
    posted = PostedDraft.of_form(request.POST)
    opened = opened_filing(request.user, filing_id, posted)
    if opened:
        posted = posted or incomplete(opened, request.user, content, number=0)
        if keep(posted, opened, request.user):
            return _answer(request, opened, _stored_texts(opened, request.user), is_kept=True, refusal=_REFUSAL)
    filing = opened or _withdrawn(request.user, filing_id)
    return _answer(request, filing, content.texts, is_kept=False, refusal=_REFUSAL)


def _withdrawn(user: User, filing_id: int) -> Filing | None:
    return next((event.filing for event in permissions.withdrawals_from(user, [filing_id])), None)


def _stored_texts(filing: Filing, user: User) -> list[str]:
    drafts = ReviewDraft.objects.filter(revision__filing=filing, by=user).order_by("-revision__number")
    return [text for draft in drafts for text in DraftContent.from_json(draft.content).texts]


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
