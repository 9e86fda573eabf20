"""Log in as one of the demonstration's users. Without the setting DEMO this address answers 404."""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from filings.models import User


@require_POST
def demo_login(request: HttpRequest, username: str) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    user = get_object_or_404(User, username=username, is_demo=True, is_active=True)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    # allauth records its own logins only.
    UserSession.objects.create_from_request(request)
    return redirect("todo")
