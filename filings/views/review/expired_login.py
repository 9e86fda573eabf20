"""Review forms posted after the login has expired: the typed texts wait in the session until the user is back.

The login then leads to the review page, never to an address that accepts only POST.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from filings.models import Filing
from filings.views.access import UserRequest
from filings.views.review.access import is_signed
from filings.views.review.posted_draft import PostedDraft, keep
from filings.views.session_space import has_space

SESSION_KEY = "review_typed_before_login"
_REFUSAL = "登录已经过期，您填写的内容未保存。请先复制留存，重新登录后再填。"


def login_required_for_review(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Like `login_required`, for posts of the review page. What cannot be kept is shown to be copied."""
    guarded = login_required(view)

    @wraps(view)
    def respond(request: HttpRequest, filing_id: int) -> HttpResponse:
        if request.user.is_authenticated:
            return guarded(request, filing_id)
        posted, page = PostedDraft.of_form(request.POST), reverse("review", args=[filing_id])
        if posted is None or posted.content.is_blank or _keep(request, filing_id, posted):
            return redirect_to_login(page)
        context = {"refusal": _REFUSAL, "typed": [("", text) for text in posted.content.texts], "next": page}
        return render(request, "filings/editor/unsaved.html", context, status=HTTPStatus.FORBIDDEN)

    return respond


def adopt_typed(request: UserRequest, filing: Filing) -> bool:
    """Store what was typed before the login as the user's draft; return whether there was something.

    Texts of another user of the same computer are dropped; those on other filings wait until they are opened.
    """
    waiting = dict(request.session.get(SESSION_KEY, {}))
    typed = waiting.pop(str(filing.pk), None)
    if typed is None:
        return False
    posted = PostedDraft.from_session(typed)
    keep(posted, filing, request.user)
    request.session[SESSION_KEY] = waiting
    return posted.user_id == request.user.pk


def _keep(request: HttpRequest, filing_id: int, posted: PostedDraft) -> bool:
    """Keep a signed post in the session, one for each filing; return False without a signature or space."""
    if not is_signed(filing_id, posted):
        return False
    waiting = {**request.session.get(SESSION_KEY, {}), str(filing_id): posted.to_session()}
    if not has_space(waiting):
        return False
    request.session[SESSION_KEY] = waiting
    return True
