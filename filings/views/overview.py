"""申报表: the list of all filings that the user may see, filtered by status."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render

from filings import labels, permissions
from filings.choices import Status
from filings.clocks.working_days import overrides
from filings.models import Cycle
from filings.views.access import UserRequest, visible_filings

ROWS_PER_PAGE = 50


@login_required
def overview(request: UserRequest) -> HttpResponse:
    permissions.prefetch_memberships(request.user)
    visible = permissions.visible_to(request.user)
    counts = dict(visible.order_by().values_list("status").annotate(Count("pk")))
    chosen = request.GET.get("status", "")
    filings = visible_filings(request.user)
    if chosen in list(Status):
        filings = filings.filter(status=chosen)
    context = {
        "page": Paginator(filings, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "chosen": chosen,
        "calendar": overrides(),
        "states": [(status, label, counts.get(status, 0)) for status, label in labels.STATUS.items()],
        "total": sum(counts.values()),
        "newest": Cycle.objects.select_related("edition").first(),
        "may_manage": permissions.may_manage(request.user),
        "may_oversee": permissions.may_oversee(request.user),
    }
    return render(request, "filings/overview.html", context)
