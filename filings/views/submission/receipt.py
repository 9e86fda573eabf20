"""回执: the receipt of a submission or a signature, with who has the filing now and what has happened since."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from filings import permissions, progress
from filings.actions.table import ACTIONS
from filings.choices import Action
from filings.clocks.due import clock_of
from filings.clocks.working_days import overrides
from filings.lifecycle import events, workflow
from filings.models import Filing, Revision, User
from filings.views.access import UserRequest, filing_or_404
from filings.views.filing.history import lines_of
from filings.views.submission import recipients

_ACTIONS = (Action.SUBMIT, Action.SIGN)


@never_cache
@login_required
def receipt(request: UserRequest, filing_id: int, number: int) -> HttpResponse:
    """Show the receipt of an event, also after later actions."""
    filing = filing_or_404(request.user, filing_id)
    event = get_object_or_404(filing.events.filter(action__in=_ACTIONS), number=number)
    detail = events.detail(event)
    if "receipt" not in detail:
        raise Http404("早于本功能的办理没有回执。")
    revisions = permissions.visible_revisions(request.user, filing)
    revision: Revision = get_object_or_404(revisions, number=int(detail["revision"]))
    later = filing.events.filter(number__gt=number).order_by("number")
    possible = workflow.possible(filing, request.user)
    (line,) = lines_of([event], filing, request.user)
    context = {
        "filing": filing,
        "title": filing.cycle.edition.definition().title_for(filing.cycle.year),
        "event": event,
        "line": line,
        "confirmation": ACTIONS[Action(event.action)].done,
        "is_signature": event.action == Action.SIGN,
        "is_late": "late" in detail,
        "number": detail["receipt"],
        "revision": revision,
        "since": lines_of(later, filing, request.user),
        "progress": progress.load_one(filing),
        "steps": recipients.present_and_following(filing),
        "no_one_left": workflow.no_one_left(filing),
        "clock": clock_of(filing, overrides()),
        "may_withdraw": Action.WITHDRAW in possible and filing.last_revision() == revision,
    }
    return render(request, "filings/submission/receipt.html", context)


def own_receipt(filing: Filing, user: User, action: Action) -> HttpResponse | None:
    """Redirect to the receipt of the filing's last submission or signature if the user has made it; None otherwise."""
    event = filing.events.filter(action=action).order_by("-number").first()
    if event and event.by_id == user.pk and "receipt" in events.detail(event):
        return redirect("receipt", filing.pk, event.number)
    return None
