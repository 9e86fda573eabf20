"""Access to the editor's filing, and JSON answers to scripts whose login has expired."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse

from filings import permissions
from filings.choices import Action
from filings.models import Filing
from filings.views.access import UserRequest, demand, filing_or_404


def own_filing(request: UserRequest, filing_id: int) -> Filing:
    """Fetch a filing of a department that the user fills in for, in any status: drafts.save checks the status.

    Raises Http404 or PermissionDenied.
    """
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may(request.user, Action.SUBMIT, filing))
    return filing


def login_or_json(view: Callable[..., JsonResponse]) -> Callable[..., JsonResponse]:
    """Like `login_required`, with a JSON answer: the page asks to log in again and continues."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"refusal": "登录已经过期。"}, status=HTTPStatus.UNAUTHORIZED)
        return view(request, *args, **kwargs)

    return guarded
