"""Guard of the pages that act on selected filings."""

from collections.abc import Callable, Iterator
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from filings import four_eyes, permissions
from filings.choices import Status
from filings.errors import StepRefused
from filings.reviewing import queue
from filings.reviewing.queue_filters import QueueFilters
from filings.reviewing.selection import Selected, parse
from filings.views.access import UserRequest

SelectionView = Callable[[UserRequest, tuple[Selected, ...]], HttpResponse]


def with_selection(view: SelectionView) -> Callable[..., HttpResponse]:
    """Call the view with the ticked filings, or all of the list. A refusal goes back to the queue with its sentence.

    Ticked filings are added to those of the list, from which a filing may have been withdrawn since it was displayed.
    """

    @require_POST
    @login_required
    @wraps(view)
    def respond(request: UserRequest) -> HttpResponse:
        permissions.prefetch_memberships(request.user)
        try:
            return view(request, parse([*request.POST.getlist("selected"), *_all_results(request)]))
        except StepRefused as refusal:
            messages.error(request, refusal.reason)
            return redirect("queue")

    return respond


def left_out(request: UserRequest) -> tuple[Selected, ...]:
    """Return the filings that the page of the confirmation left out."""
    posted = request.POST.getlist("left_out")
    return parse(posted) if posted else ()


def _all_results(request: UserRequest) -> Iterator[str]:
    """Yield the filings in review of all pages of the list whose filters are in the address, if all are selected."""
    if not request.POST.get("all"):
        return
    filters = QueueFilters.from_query(request.GET)
    four_eyes.prefetch_exclusions(request.user)
    listed = queue.queue_of(request.user, filters).filter(status=Status.IN_REVIEW)
    for key, lock in listed.values_list("pk", "lock"):
        yield str(Selected(key, lock))
