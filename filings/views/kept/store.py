"""The kept forms in the session, each under an identifier of its own.

Only a browser in which the user has been logged in, and has not logged out, may leave a form, as a signed cookie shows.
Only this user gets it back.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from filings.models import User
from filings.views.access import UserRequest
from filings.views.session_space import has_space

SESSION_KEY = "posts_before_login"
COOKIE = "last_user"
# The field by which a kept form is recognised when it is posted again.
FIELD = "kept-post"
_NOT_KEPT = ("csrfmiddlewaretoken", FIELD)
# The cookie outlasts the session, and a weekend for which a page was left open. It is renewed every day.
_REMEMBERED_FOR = timedelta(days=4)
_SIGNER = Signer(salt="last user")


@dataclass(frozen=True)
class KeptPost:
    """A form of a user: the address to which it was posted, the page on which it is, its fields as (name, value)."""

    user_id: int
    address: str
    page: str
    fields: Sequence[tuple[str, str]]

    @property
    def key(self) -> str:
        """Identify the form, so that a repeated post is kept once."""
        return sha256(json.dumps(asdict(self)).encode()).hexdigest()[:20]


def keep(request: HttpRequest, page: str) -> bool:
    """Keep an anonymous post; return False if the browser is unknown or the session has no space for the form."""
    try:
        user_id = int(_SIGNER.unsign(request.COOKIES.get(COOKIE, "")).partition(":")[0])
    except (BadSignature, ValueError):
        return False
    names = (name for name in request.POST if name not in _NOT_KEPT)
    fields = [(name, str(value)) for name in names for value in request.POST.getlist(name)]
    kept = KeptPost(user_id, request.get_full_path(), page, fields)
    waiting = {**request.session.get(SESSION_KEY, {}), kept.key: asdict(kept)}
    if not has_space(waiting):
        return False
    request.session[SESSION_KEY] = waiting
    return True


def kept_posts(request: HttpRequest) -> dict[str, KeptPost]:
    """Return the forms that wait for the user, oldest first."""
    if not isinstance(request.user, User):
        return {}
    waiting = request.session.get(SESSION_KEY, {})
    return {key: KeptPost(**kept) for key, kept in waiting.items() if kept["user_id"] == request.user.pk}


def drop(request: UserRequest, key: str) -> None:
    """Delete a form of the user; another one stays."""
    if key in kept_posts(request):
        waiting = request.session[SESSION_KEY]
        request.session[SESSION_KEY] = {other: waiting[other] for other in waiting if other != key}


def remember(user: User, request: HttpRequest, response: HttpResponse) -> None:
    """Sign the user into a cookie."""
    signed = _SIGNER.sign(f"{user.pk}:{timezone.localdate()}")
    if request.COOKIES.get(COOKIE) != signed:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(COOKIE, signed, max_age=_REMEMBERED_FOR, secure=secure, httponly=True, samesite="Lax")


def forget_user(response: HttpResponse) -> None:
    """Delete the cookie after a logout: others of a shared computer cannot leave forms for the user."""
    response.delete_cookie(COOKIE, samesite="Lax")
