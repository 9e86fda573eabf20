"""The cycle within which a user works: from the address, else remembered in the session, else the newest open."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from filings import permissions
from filings.filing_list.filters import ALL_CYCLES
from filings.models import Cycle
from filings.views.access import UserRequest

PARAMETER = SESSION_KEY = "cycle"


@dataclass(frozen=True)
class CyclePage:
    """A page that concerns a cycle. `has_path` if the cycle is part of its path, otherwise it is a parameter."""

    name: str
    label: str
    has_path: bool = True

    def address(self, cycle: Cycle) -> str:
        if self.has_path:
            return reverse(self.name, args=[cycle.pk])
        return f"{reverse(self.name)}?{PARAMETER}={cycle.pk}"


QUEUE, OVERVIEW = CyclePage("queue", "审核", has_path=False), CyclePage("overview", "申报表", has_path=False)
FINDINGS, RULES = CyclePage("cycle_findings", "核对结果"), CyclePage("rules", "审核规则")
OVERSIGHT = (CyclePage("board", "看板"), CyclePage("similar", "雷同检查"), CyclePage("exports", "导出"))
PUBLICATION = CyclePage("publication", "公开")
MANAGEMENT = (CyclePage("controls", "预算控制数"), CyclePage("setup", "批次设置"))
PAGES = {page.name: page for page in (QUEUE, OVERVIEW, FINDINGS, RULES, *OVERSIGHT, PUBLICATION, *MANAGEMENT)}


@dataclass(frozen=True)
class CycleLink:
    """A link to a page of the chosen cycle."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class CycleChoice:
    """The chosen cycle, those that the user can choose, the URL name of the page, and links to the others."""

    chosen: Cycle | None
    cycles: tuple[Cycle, ...]
    page: str
    links: tuple[CycleLink, ...]


def cycle_choice(
    request: UserRequest, page: str, cycle: Cycle | None = None, cycles: Sequence[Cycle] | None = None
) -> CycleChoice:
    """Choose a cycle and remember it for other pages.

    `cycle` is given where it is part of the path, `cycles` where the page has read the `choosable_cycles` itself.
    """
    permissions.prefetch_memberships(request.user)
    cycles = tuple(choosable_cycles(request) if cycles is None else cycles)
    by_key = {str(one.pk): one for one in cycles}
    open_ones = (one for one in cycles if one.is_open())
    started = [one for one in cycles if one.started_at]
    newest = next(open_ones, None) or next((one for one in started if not one.closed_at), next(iter(started), None))
    usual = by_key.get(str(request.session.get(SESSION_KEY, "")), newest)
    chosen = cycle or by_key.get(request.GET.get(PARAMETER, ""), usual)
    if chosen and chosen != usual:
        request.session[SESSION_KEY] = chosen.pk
    return CycleChoice(chosen, cycles, page, _links(request, chosen, page))


def chosen_before(request: UserRequest) -> int | None:
    """Return the key of the cycle that the user has chosen on any page, None before the first choice."""
    return request.session.get(SESSION_KEY)


@login_required
def choose_cycle(request: UserRequest) -> HttpResponse:
    """Remember the cycle of the address and show the page of that cycle; the list of filings also shows all cycles."""
    page = PAGES.get(request.GET.get("page", ""), OVERVIEW)
    choice = cycle_choice(request, page.name)
    if page == OVERVIEW and request.GET.get(PARAMETER) == ALL_CYCLES:
        return redirect(f"{reverse(page.name)}?{PARAMETER}={ALL_CYCLES}")
    return redirect("todo") if choice.chosen is None else redirect(page.address(choice.chosen))


def _links(request: UserRequest, cycle: Cycle | None, page: str) -> tuple[CycleLink, ...]:
    """Link to the pages of the cycle that the user may see."""
    if cycle is None:
        return ()
    user = request.user
    pages = [
        *((QUEUE,) if permissions.may_review(user) and cycle.started_at else ()),
        OVERVIEW,
        *(OVERSIGHT[:1] if permissions.may_oversee(user) else ()),
        FINDINGS,
        *(OVERSIGHT[1:] if permissions.may_oversee(user) else ()),
        *((PUBLICATION,) if permissions.may_publish(user) else ()),
        *(MANAGEMENT if permissions.may_manage(user) else ()),
    ]
    return tuple(CycleLink(one.label, one.address(cycle), one.name == page) for one in pages)


def choosable_cycles(request: UserRequest) -> list[Cycle]:
    """List started cycles, newest first; managers also choose those that they are setting up."""
    # The review policy and the edition are long, and the same editions recur.
    every = Cycle.objects.defer("policy").prefetch_related("edition")
    cycles = list(every.order_by("-year", "-started_at", "-pk"))
    if permissions.may_manage(request.user):
        return cycles
    return [cycle for cycle in cycles if cycle.started_at]
