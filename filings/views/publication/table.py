"""The publication of one table: its checks, publishing, withdrawing, withholding."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from filings.actions.table import ACTIONS
from filings.choices import Action
from filings.clocks.working_days import overrides
from filings.errors import AlreadyDone, NotAllowed, StepRefused
from filings.models import Cycle, Filing, IssuedCopy, Publication
from filings.models.keys import parse_key
from filings.publication import listing, withhold
from filings.publication.checks import CopyCheck, Effect, inspection_of
from filings.publication.listing import PublicationState
from filings.publication.publish import CONFIRMATIONS, LONGEST_REASON, publish, unpublish
from filings.views.access import UserRequest
from filings.views.publication.access import publishable_filing, publishing_cycle
from filings.views.publication.page import clock_of
from filings.views.publication.selected import require_confirmations


@login_required
def table(request: UserRequest, cycle_id: int, filing_id: int) -> HttpResponse:
    """Show the state, the checks, and what can be done."""
    cycle = publishing_cycle(request, cycle_id)
    return _page(request, cycle, publishable_filing(request, cycle, filing_id))


@require_POST
@login_required
def publish_table(request: UserRequest, cycle_id: int, filing_id: int) -> HttpResponse:
    """Publish the copy in force, with a note on what the checks have found."""

    def step() -> None:
        require_confirmations(request)
        note = request.POST.get("note", "")
        publish(filing_id, by=request.user, now=timezone.now(), note=note, seen=_seen(request))

    return _take(request, cycle_id, filing_id, Action.PUBLISH, step)


@require_POST
@login_required
def unpublish_table(request: UserRequest, cycle_id: int, filing_id: int) -> HttpResponse:
    """Withdraw the published copy."""
    reason = request.POST.get("withdrawn-reason", "")
    return _take(
        request,
        cycle_id,
        filing_id,
        Action.UNPUBLISH,
        lambda: unpublish(filing_id, reason, by=request.user, now=timezone.now(), seen=_seen(request)),
    )


@require_POST
@login_required
def withhold_table(request: UserRequest, cycle_id: int, filing_id: int) -> HttpResponse:
    """Withhold the table on a basis of the cycle's list."""
    basis, note = request.POST.get("basis", ""), request.POST.get("withheld-note", "")
    return _take(
        request,
        cycle_id,
        filing_id,
        Action.WITHHOLD,
        lambda: withhold.withhold(filing_id, basis, note, by=request.user, now=timezone.now()),
    )


@require_POST
@login_required
def disclose_table(request: UserRequest, cycle_id: int, filing_id: int) -> HttpResponse:
    """Lift the withholding."""
    reason = request.POST.get("lifted-reason", "")
    return _take(
        request,
        cycle_id,
        filing_id,
        Action.DISCLOSE,
        lambda: withhold.disclose(filing_id, reason, by=request.user, now=timezone.now()),
    )


def _seen(request: UserRequest) -> int:
    """Return the primary key of the copy that the page has shown; 0, which no copy has, without one."""
    return parse_key(request.POST.get("copy", "")) or 0


def _take(
    request: UserRequest, cycle_id: int, filing_id: int, action: Action, step: Callable[[], object]
) -> HttpResponse:
    """Take a step and show its result; a refusal keeps what was typed."""
    cycle = publishing_cycle(request, cycle_id)
    filing = publishable_filing(request, cycle, filing_id)
    try:
        step()
    except AlreadyDone as repeated:
        messages.info(request, repeated.reason)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.reason) from refusal
    except StepRefused as refusal:
        return _page(request, cycle, filing, refusal=refusal.reason, refused=action)
    else:
        messages.success(request, ACTIONS[action].done)
    return redirect("publication_table", cycle.pk, filing.pk)


def _page(request: UserRequest, cycle: Cycle, filing: Filing, *, refusal: str = "", refused: str = "") -> HttpResponse:
    (row,) = listing.rows_of(listing.approved_of(cycle).filter(pk=filing.pk))
    can_publish = row.state in (*listing.TO_PUBLISH, PublicationState.WITHDRAWN)
    checks = _checks(cycle, row.copy) if can_publish else ()
    days = cycle.review_policy().publication.days
    context = {
        "cycle": cycle,
        "filing": filing,
        "row": row,
        "checks": checks,
        "clock": clock_of(cycle, row, days, overrides()),
        "can_publish": can_publish and not any(check.effect == Effect.REFUSES for check in checks),
        "needs_note": any(check.effect == Effect.NEEDS_NOTE for check in checks),
        "can_withdraw": row.state in (PublicationState.PUBLIC, PublicationState.NEWER),
        "can_withhold": row.state not in (PublicationState.WITHHELD, PublicationState.CLASSIFIED),
        "can_disclose": row.state == PublicationState.WITHHELD,
        "bases": cycle.review_policy().publication.bases,
        "confirmations": list(enumerate(CONFIRMATIONS)),
        "earlier": Publication.objects.filter(filing=filing).select_related("copy__revision").order_by("-pk"),
        "longest": LONGEST_REASON,
        "typed": request.POST,
        "typed_note": request.POST.get("note", ""),
        "typed_withdrawn": request.POST.get("withdrawn-reason", ""),
        "typed_withheld": request.POST.get("withheld-note", ""),
        "typed_lifted": request.POST.get("lifted-reason", ""),
        "typed_basis": request.POST.get("basis", ""),
        "confirmed": request.POST.getlist("confirmed"),
        "refusal": refusal,
        "refused": refused,
    }
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "filings/publication/table.html", context, status=status)


def _checks(cycle: Cycle, copy_id: int | None) -> tuple[CopyCheck, ...]:
    copy = IssuedCopy.objects.filter(pk=copy_id or 0).select_related("revision").first()
    return inspection_of(cycle).check(copy) if copy else ()
