"""分配…: managers distribute selected filings among reviewers."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render

from filings import permissions
from filings.lifecycle import assignment
from filings.lifecycle.assignment import AssignmentPlan
from filings.reviewing.selection import Selected
from filings.views.access import UserRequest, demand
from filings.views.queue.selected import with_choice, with_selection

Selection = tuple[Selected, ...]
EVENLY = "even"


@with_choice
def choose(request: UserRequest, selection: Selection) -> HttpResponse:
    """Choose a reviewer for the selected filings, or distribute them evenly."""
    demand(permissions.may_manage(request.user))
    return _page(request, assignment.plan(request.user, selection), selection)


@with_selection
def assign(request: UserRequest, selection: Selection) -> HttpResponse:
    demand(permissions.may_manage(request.user))
    plan = assignment.plan(request.user, selection)
    to = {str(candidate.user.pk): candidate.user for candidate in plan.candidates()}
    chosen = request.POST.get("to", "")
    if chosen != EVENLY and chosen not in to:
        return _page(request, plan, selection, error="请选择分配方式。", status=HTTPStatus.BAD_REQUEST)
    result = assignment.assign(request.user, selection, to.get(chosen))
    return render(request, "filings/queue/bulk_result.html", {"title": "分配审核", "verb": "已分配", "result": result})


def _page(
    request: UserRequest,
    plan: AssignmentPlan,
    selection: Selection,
    *,
    error: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {"plan": plan, "candidates": plan.candidates(), "selection": selection, "error": error, "evenly": EVENLY}
    return render(request, "filings/queue/assign.html", context, status=status)
