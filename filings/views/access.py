"""Fetch filings for a user: 404 for filings that the user may not see, 403 with the reason for a wrong role.

Scripts whose login has expired get JSON instead of the login page.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, JsonResponse

from filings import permissions
from filings.models import Cycle, Filing, User
from filings.permissions import Access


class UserRequest(HttpRequest):
    """A request of a view behind `login_required`: `user` is never anonymous."""

    user: User


def filing_or_404(user: User, filing_id: int) -> Filing:
    """Return a filing that the user may see. Others answer 404, so that their existence is not revealed."""
    permissions.prefetch_memberships(user)
    visible = permissions.visible_to(user).filter(pk=filing_id)
    filing = visible.select_related(
        "cycle__edition", "department__section", "department__supervisor", "reviewer"
    ).first()
    if filing is None:
        raise Http404("没有这份申报表，或者它不由您办理。")
    return filing


def cycle_or_404(cycle_id: int) -> Cycle:
    """Return a cycle with its edition. Every user may see every cycle; `visible_filings` limits its filings."""
    cycle = Cycle.objects.select_related("edition").filter(pk=cycle_id).first()
    if cycle is None:
        raise Http404("没有这个申报批次。")
    return cycle


def overseen_cycle(request: UserRequest, cycle_id: int) -> Cycle:
    """Return a cycle for a user who oversees departments. Raises PermissionDenied for others."""
    permissions.prefetch_memberships(request.user)
    demand(permissions.may_oversee(request.user))
    return cycle_or_404(cycle_id)


def demand(access: Access) -> None:
    """Raise PermissionDenied with the reason unless access is allowed."""
    if not access:
        raise PermissionDenied(access.reason)


def visible_filings(user: User) -> QuerySet[Filing]:
    """Return the filings that the user may see, with the related rows that lists show."""
    return permissions.visible_to(user).select_related("cycle", "department__section").defer("cycle__policy")


def login_or_json(view: Callable[..., JsonResponse]) -> Callable[..., JsonResponse]:
    """Like `login_required`, with a JSON answer: the page asks to log in again and continues."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"refusal": "登录已经过期。"}, status=HTTPStatus.UNAUTHORIZED)
        return view(request, *args, **kwargs)

    return guarded
