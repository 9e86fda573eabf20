"""A form posted after the login has expired: kept in the session, and shown to be submitted after the login.

Only a browser in which the user has been logged in may leave a form, as a signed cookie shows, and only this user gets
it back.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from filings.models import User
from filings.views.access import UserRequest
from filings.views.typed_fields import typed_fields

SESSION_KEY = "post_before_login"
COOKIE = "last_user"
# Bytes of a form that waits in a session.
LARGEST = 200_000
_KEPT_FOR = timedelta(days=30)
# Refused before a view has read the form: the token of the page is outdated, or the user may not act.
_NOT_TAKEN = (HTTPStatus.FORBIDDEN, HTTPStatus.INTERNAL_SERVER_ERROR)
_SIGNER = Signer(salt="last user")


@dataclass(frozen=True)
class KeptPost:
    """A form of a user: the address to which it was posted, the page on which it is, its fields as (name, value)."""

    user_id: int
    address: str
    page: str
    fields: Sequence[tuple[str, str]]


@never_cache
@login_required
def kept_post(request: UserRequest) -> HttpResponse:
    """Show the form with its texts to be changed or submitted."""
    kept = kept_form(request)
    if kept is None:
        messages.info(request, "没有登录过期时尚未提交的内容。")
        return redirect("todo")
    labels = typed_fields(dict(kept.fields))
    fields = [(name, value, labels.get(name)) for name, value in kept.fields]
    return render(request, "filings/kept_post.html", {"kept": kept, "fields": fields})


def keep(request: HttpRequest, page: str) -> bool:
    """Keep an anonymous post; return False if the browser is unknown or the form is too large."""
    try:
        user_id = int(_SIGNER.unsign(request.COOKIES.get(COOKIE, "")))
    except (BadSignature, ValueError):
        return False
    names = (name for name in request.POST if name != "csrfmiddlewaretoken")
    fields = [(name, str(value)) for name in names for value in request.POST.getlist(name)]
    kept = asdict(KeptPost(user_id, request.get_full_path(), page, fields))
    if len(json.dumps(kept).encode()) > LARGEST:
        return False
    request.session[SESSION_KEY] = kept
    return True


def remember(request: UserRequest, response: HttpResponse) -> None:
    """Sign the user into a cookie, and forget the kept form once it has been posted again."""
    signed = _SIGNER.sign(str(request.user.pk))
    if request.COOKIES.get(COOKIE) != signed:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(COOKIE, signed, max_age=_KEPT_FOR, secure=secure, httponly=True, samesite="Lax")
    is_taken = request.method == "POST" and response.status_code not in _NOT_TAKEN
    if is_taken and (kept := kept_form(request)) and kept.address == request.get_full_path():
        del request.session[SESSION_KEY]


def kept_form(request: HttpRequest) -> KeptPost | None:
    """Return the form that waits for the user."""
    kept = request.session.get(SESSION_KEY)
    if not kept or not isinstance(request.user, User) or kept["user_id"] != request.user.pk:
        return None
    return KeptPost(**kept)
