"""The cycle within which a user works: from the address, else remembered in the session, else the newest started."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from filings import permissions
from filings.models import Cycle
from filings.views.access import UserRequest

PARAMETER = SESSION_KEY = "cycle"
# URL names of pages that concern a cycle: whether the cycle is part of their path, otherwise it is a parameter.
PAGES = {"overview": False, "cycle_findings": True, "controls": True, "rules": True, "board": True}


@dataclass(frozen=True)
class CycleChoice:
    """The chosen cycle, those that the user can choose, and the URL name of the page to which a choice leads."""

    chosen: Cycle | None
    cycles: tuple[Cycle, ...]
    page: str


def cycle_choice(request: UserRequest, page: str, cycle: Cycle | None = None) -> CycleChoice:
    """Choose a cycle and remember it for other pages. `cycle` is given where it is part of the path."""
    cycles = tuple(_cycles(request))
    by_key = {str(one.pk): one for one in cycles}
    open_ones = (one for one in cycles if one.is_open())
    newest = next(open_ones, None) or next((one for one in cycles if one.started_at), None)
    usual = by_key.get(str(request.session.get(SESSION_KEY, "")), newest)
    chosen = cycle or by_key.get(request.GET.get(PARAMETER, ""), usual)
    if chosen and chosen != usual:
        request.session[SESSION_KEY] = chosen.pk
    return CycleChoice(chosen, cycles, page)


@login_required
def choose_cycle(request: UserRequest) -> HttpResponse:
    """Remember the cycle of the address and show the page of that cycle."""
    page = request.GET.get("page", "")
    choice = cycle_choice(request, page if page in PAGES else "overview")
    if choice.chosen is None:
        return redirect("todo")
    if PAGES[choice.page]:
        return redirect(choice.page, choice.chosen.pk)
    return redirect(f"{reverse(choice.page)}?{PARAMETER}={choice.chosen.pk}")


def _cycles(request: UserRequest) -> list[Cycle]:
    """List started cycles, newest first; managers also choose those that they are setting up."""
    # The review policy and the edition are long, and the same editions recur.
    every = Cycle.objects.defer("policy").prefetch_related("edition")
    cycles = list(every.order_by("-year", "-started_at", "-pk"))
    if permissions.may_manage(request.user):
        return cycles
    return [cycle for cycle in cycles if cycle.started_at]
