"""Forms posted after the login has expired: the typed texts are shown to be copied, not lost to the login page."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from filings.views.access import UserRequest

P = ParamSpec("P")


def login_required_for_typing(
    view: Callable[Concatenate[UserRequest, P], HttpResponse],
) -> Callable[Concatenate[UserRequest, P], HttpResponse]:
    """Like `login_required`, for views that receive typed texts.

    Nothing is looked up for an anonymous request: the page shows only what was posted.
    """
    guarded = login_required(view)

    @wraps(view)
    def respond(request: UserRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        typed: list[str] = [] if request.user.is_authenticated else _typed(request)
        if not typed:
            return guarded(request, *args, **kwargs)
        context = {
            "refusal": "登录已经过期，您填写的内容尚未保存。请先复制留存，重新登录后再填。",
            "typed": [("", text) for text in typed],
            "next": reverse("todo"),
        }
        return render(request, "filings/editor/unsaved.html", context, status=HTTPStatus.FORBIDDEN)

    return respond


def _typed(request: HttpRequest) -> list[str]:
    """The posted texts that differ from those the page displayed."""
    pairs = [(str(request.POST[seen]), str(request.POST[name])) for name, seen in _fields(request)]
    return [text for seen, text in pairs if seen.split() != text.split() and text.strip()]


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Pair each posted field with the field of its displayed text: cells of the table, and answers to remarks."""
    cells = [(name, f"initial-{name}") for name in request.POST]
    answers = [(name, f"{name.removesuffix('-text')}-seen") for name in request.POST if name.endswith("-text")]
    return [(name, seen) for name, seen in (*cells, *answers) if seen in request.POST]
