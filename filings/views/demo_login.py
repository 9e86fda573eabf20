"""Entering the demonstration as one of its standing people. Without DEMO this address does not exist."""

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
    person = get_object_or_404(User, username=username, is_demo=True, is_active=True)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("todo")
