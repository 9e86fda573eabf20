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
    """Call the view with the filings that its page listed. A refusal goes back to the queue with its sentence."""
    return _guarded(view, _ticked)


def with_choice(view: SelectionView) -> Callable[..., HttpResponse]:
    """Like `with_selection`, for the page that lists what was ticked in the queue, or all of its list.

    Ticked filings are added to those of the list, from which a filing may have been withdrawn since it was displayed.
    """
    return _guarded(view, lambda request: [*_ticked(request), *_all_results(request)])


def _guarded(view: SelectionView, posted: Callable[[UserRequest], list[str]]) -> Callable[..., HttpResponse]:
    @require_POST
    @login_required
    @wraps(view)
    def respond(request: UserRequest) -> HttpResponse:
        permissions.prefetch_memberships(request.user)
        try:
            return view(request, parse(posted(request)))
        except StepRefused as refusal:
            messages.error(request, refusal.reason)
            return redirect("queue")

    return respond


def _ticked(request: UserRequest) -> list[str]:
    return request.POST.getlist("selected")


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
