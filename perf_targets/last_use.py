"""Record when a session was last used, every few minutes: allauth's own middleware writes at each request."""

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

SESSION_KEY = "last_use"
INTERVAL = timedelta(minutes=5)


def last_use(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, AbstractUser) and timezone.now() - _recorded(request, request.user) > INTERVAL:
            UserSession.objects.create_from_request(request)
            request.session[SESSION_KEY] = timezone.now().isoformat()
        return get_response(request)

    return middleware


def _recorded(request: HttpRequest, user: AbstractUser) -> datetime:
    """Return the last recorded use; before the first one the last login, which a login records itself."""
    stored = request.session.get(SESSION_KEY)
    if stored:
        return datetime.fromisoformat(stored)
    return user.last_login or timezone.now()
