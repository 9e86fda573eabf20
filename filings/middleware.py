"""Who may use the program at all, whatever they ask for. Which filing a person may see is access.py's affair."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from filings.models import User

Answer = Callable[[HttpRequest], HttpResponse]


def admission(answer: Answer) -> Answer:
    """Sends a person with a first password to change it, and demonstration people away from a real installation."""

    def admit(request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User) and user.is_demo and not settings.DEMO:
            logout(request)
        elif isinstance(user, User) and user.must_change_password and request.path not in _open_meanwhile():
            return redirect("account_change_password")
        return answer(request)

    return admit


def _open_meanwhile() -> tuple[str, ...]:
    return (reverse("account_change_password"), reverse("account_logout"))
