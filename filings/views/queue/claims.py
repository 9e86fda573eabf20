"""审核人: claim a filing, take it over, hand it over, release it; and report an open review page."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from filings import permissions
from filings.actions.table import ACTIONS
from filings.choices import Action, Status
from filings.errors import AlreadyDone, NotAllowed, StepRefused
from filings.forms.claims import ClaimForm, HandOverForm
from filings.forms.error_text import error_text
from filings.lifecycle import claims
from filings.models import Filing
from filings.reviewing import open_pages
from filings.views.access import UserRequest, demand, filing_or_404


@login_required
def reviewer(request: UserRequest, filing_id: int) -> HttpResponse:
    """Show who reviews the filing, with what the user can do about it."""
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may_decide(request.user, filing) or claims.may_assign(request.user, filing))
    return _page(request, filing)


@require_POST
@login_required
def claim(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may(request.user, Action.CLAIM, filing))
    form = ClaimForm(request.POST)
    return _change(request, filing, Action.CLAIM, form, partial(claims.claim, filing, by=request.user))


@require_POST
@login_required
def hand_over(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = filing_or_404(request.user, filing_id)
    demand(claims.may_assign(request.user, filing))
    form = HandOverForm(request.POST, reviewers=permissions.next_users(filing))

    def change(over: int | None) -> None:
        claims.hand_over(filing, by=request.user, to=form.cleaned_data["to"], over=over)

    return _change(request, filing, Action.HAND_OVER, form, change)


@require_POST
@login_required
def release(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = filing_or_404(request.user, filing_id)
    demand(claims.may_assign(request.user, filing))
    form = ClaimForm(request.POST)
    return _change(request, filing, Action.RELEASE, form, partial(claims.release, filing, by=request.user))


@require_POST
@login_required
def review_open(request: UserRequest, filing_id: int) -> HttpResponse:
    """Record that the user has the review page open; answer who else has, and whether the page is still current."""
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may_decide(request.user, filing))
    open_pages.seen(filing, request.user)
    reviewer = claims.claimer(filing, request.user)
    return JsonResponse(
        {
            "others": open_pages.others(filing, request.user),
            "reviewer": reviewer.name if reviewer else "",
            "lock": filing.lock,
        }
    )


def _change(
    request: UserRequest, filing: Filing, action: Action, form: ClaimForm, change: Callable[..., None]
) -> HttpResponse:
    """Change the claim and go back. A refusal shows the page of the claim with its present state."""
    if not form.is_valid():
        return _page(request, filing, refusal=error_text(form), status=HTTPStatus.BAD_REQUEST)
    before = claims.claimer(filing, request.user)
    try:
        change(over=form.cleaned_data["over"])
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.reason) from refusal
    except AlreadyDone as done:
        messages.info(request, done.reason)
    except StepRefused as refusal:
        current = filing_or_404(request.user, filing.pk)
        return _page(request, current, refusal=refusal.reason, status=HTTPStatus.CONFLICT)
    else:
        taken = f"已从 {before} 处接手，归您审核。" if before and action == Action.CLAIM else ACTIONS[action].done
        messages.success(request, f"「{filing.department}」{taken}")
    return redirect("review", filing.pk) if form.cleaned_data["back"] == ClaimForm.REVIEW else redirect("queue")


def _page(request: UserRequest, filing: Filing, *, refusal: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    is_in_review = filing.status == Status.IN_REVIEW
    reviewers = permissions.next_users(filing) if is_in_review else ()
    context = {
        "filing": filing,
        "refusal": refusal,
        "may_claim": is_in_review and permissions.may_decide(request.user, filing),
        "may_assign": is_in_review and claims.may_assign(request.user, filing),
        "colleagues": [user for user in reviewers if user != filing.reviewer],
        "viewers": open_pages.others(filing, request.user),
        "back": request.POST.get("back", request.GET.get("back", "")),
    }
    return render(request, "filings/queue/reviewer.html", context, status=status)
