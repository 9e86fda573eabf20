"""指标库: look up library entries by class, words or pinyin initials."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from filings.library import entries, matching
from filings.library.classes import CLASSES, label
from filings.views.access import UserRequest

ROWS_PER_PAGE = 50


@login_required
def library(request: UserRequest) -> HttpResponse:
    if not request.user.memberships.exists():
        raise PermissionDenied("您的账号尚未任职，不能查看指标库。请与财政局绩效股联系。")
    typed = request.GET.get("q", "")[: matching.LONGEST_QUERY]
    chosen = request.GET.get("class", "")
    chosen = chosen if chosen in CLASSES else ""
    listed = entries.visible_entries().filter(matching.matching_names(typed), entries.in_class(chosen))
    page = Paginator(listed, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(entry, label(entry.canonical)) for entry in page],
        "typed": typed,
        "chosen": chosen,
        "classes": list(CLASSES.items()),
        "query": urlencode({"q": typed, "class": chosen}),
    }
    return render(request, "filings/bureau/library.html", context)
