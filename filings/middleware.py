"""Restrict accounts on every request. Permissions on filings are checked by the views (permissions/)."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from filings.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]


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
