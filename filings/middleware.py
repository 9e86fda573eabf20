"""Restrict accounts on every request. Permissions on filings are checked by the views (permissions/).

Public pages are answered without cookies.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from filings.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]

# Paths of pages that are the same for everybody.
_PUBLIC_PATHS = ("/public/", "/v/", "/robots.txt")


def without_cookies(get_response: GetResponse) -> GetResponse:
    """Ignore cookies on public pages: no session is loaded, and proxies may cache the answers for everybody.

    It comes before the middleware of sessions, which adds `Vary: Cookie`.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        is_public = request.path.startswith(_PUBLIC_PATHS)
        if is_public:
            request.META.pop("HTTP_COOKIE", None)
        response = get_response(request)
        if is_public and response.has_header("Vary"):
            _remove_cookie(response)
        return response

    return answer


def _remove_cookie(response: HttpResponse) -> None:
    names = [name.strip() for name in response["Vary"].split(",")]
    kept = [name for name in names if name.lower() != "cookie"]
    if kept:
        response["Vary"] = ", ".join(kept)
    else:
        del response["Vary"]


def admission(get_response: GetResponse) -> GetResponse:
    """Redirect users with an initial password to change it; log out demo accounts unless DEMO is set."""

    def admit(request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User) and user.is_demo and not settings.DEMO:
            logout(request)
        elif isinstance(user, User) and user.must_change_password and request.path not in _allowed_paths():
            return redirect("account_change_password")
        return get_response(request)

    return admit


def _allowed_paths() -> tuple[str, ...]:
    """Return the paths that remain available until the password is changed."""
    return (reverse("account_change_password"), reverse("account_logout"))
