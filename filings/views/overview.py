"""申报表: every filing that this person may see, by status."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render

from filings import labels, permissions
from filings.choices import Status
from filings.models import Cycle
from filings.views.access import UserRequest, listed
from filings.views.todo import with_due

ROWS_A_PAGE = 50


@login_required
def overview(request: UserRequest) -> HttpResponse:
    permissions.remember(request.user)
    visible = permissions.visible_to(request.user)
    counts = dict(visible.order_by().values_list("status").annotate(Count("pk")))
    chosen = request.GET.get("status", "")
    rows = with_due(listed(request.user))
    if chosen in list(Status):
        rows = rows.filter(status=chosen)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "chosen": chosen,
        "states": [(status, label, counts.get(status, 0)) for status, label in labels.STATUS.items()],
        "total": sum(counts.values()),
        "newest": Cycle.objects.select_related("edition").first(),
        "may_manage": permissions.may_manage(request.user),
    }
    return render(request, "filings/overview.html", context)
