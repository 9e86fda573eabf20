"""Guard of the pages that act on selected filings."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from filings import permissions
from filings.errors import StepRefused
from filings.reviewing.selection import Selected, parse
from filings.views.access import UserRequest

SelectionView = Callable[[UserRequest, tuple[Selected, ...]], HttpResponse]


def with_selection(view: SelectionView) -> Callable[..., HttpResponse]:
    """Call the view with the posted selection. A refusal goes back to the queue with its sentence."""

    @require_POST
    @login_required
    @wraps(view)
    def respond(request: UserRequest) -> HttpResponse:
        permissions.prefetch_memberships(request.user)
        try:
            return view(request, parse(request.POST.getlist("selected")))
        except StepRefused as refusal:
            messages.error(request, refusal.reason)
            return redirect("queue")

    return respond
