"""Review forms posted after the login has expired: the typed texts wait in the session until the user is back.

The login then leads to the review page, never to an address that accepts only POST.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from filings.models import Filing
from filings.views.access import UserRequest
from filings.views.review.posted_draft import PostedDraft, keep

SESSION_KEY = "review_typed_before_login"


def login_required_for_review(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Like `login_required`, for posts of the review page."""
    guarded = login_required(view)

    @wraps(view)
    def respond(request: HttpRequest, filing_id: int) -> HttpResponse:
        if request.user.is_authenticated:
            return guarded(request, filing_id)
        posted = PostedDraft.of_form(request.POST)
        if posted and not posted.content.is_blank:
            request.session[SESSION_KEY] = {"filing": filing_id, "draft": posted.to_session()}
        return redirect_to_login(reverse("review", args=[filing_id]))

    return respond


def adopt_typed(request: UserRequest, filing: Filing) -> bool:
    """Store what was typed before the login as the user's draft; return whether there was something.

    Texts of another user of the same computer are dropped.
    """
    waiting = request.session.pop(SESSION_KEY, None)
    if waiting is None or waiting["filing"] != filing.pk:
        return False
    posted = PostedDraft.from_session(waiting["draft"])
    keep(posted, filing, request.user)
    return posted.user_id == request.user.pk
