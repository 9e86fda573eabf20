"""申报表: the filings of the chosen cycle that the user may see, filtered by status."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render

from filings import labels, permissions
from filings.choices import Status
from filings.clocks.working_days import overrides
from filings.views.access import UserRequest, visible_filings
from filings.views.cycle_choice import cycle_choice

ROWS_PER_PAGE = 50


@login_required
def overview(request: UserRequest) -> HttpResponse:
    permissions.prefetch_memberships(request.user)
    choice = cycle_choice(request, "overview")
    visible = visible_filings(request.user).filter(cycle=choice.chosen)
    counts = dict(visible.order_by().values_list("status").annotate(Count("pk")))
    status = request.GET.get("status", "")
    status = status if status in list(Status) else ""
    filings = visible.filter(status=status) if status else visible
    cycle_query = {"cycle": choice.chosen.pk} if choice.chosen else {}
    context = {
        "page": Paginator(filings, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "cycle_choice": choice,
        "calendar": overrides(),
        "status": status,
        "cycle_query": urlencode(cycle_query),
        "query": urlencode({**cycle_query, "status": status}),
        "states": [(state, label, counts.get(state, 0)) for state, label in labels.STATUS.items()],
        "total": sum(counts.values()),
    }
    return render(request, "filings/overview.html", context)
