"""收入指标库: the rows of an approved table, for a reviewer to take into the library."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from filings import permissions
from filings.library import entries, issued
from filings.library.classes import label
from filings.models import Filing, IssuedCopy
from filings.views.access import PersonRequest, demand, filing_or_404


@dataclass(frozen=True)
class Offered:
    """A row with its class in words; `is_named` says that the library has its name, `is_there` its value as well."""

    row: issued.IssuedRow
    label: str
    is_named: bool
    is_there: bool


@login_required
def filing_library(request: PersonRequest, filing_id: int) -> HttpResponse:
    filing, copy = _collectable(request, filing_id)
    rows = issued.rows_of(copy.revision)
    known = entries.entries_for(rows)
    offered = []
    for row in rows:
        entry = known.get((row.canonical, row.name))
        offered.append(Offered(row, label(row.canonical), entry is not None, entries.contains_value(entry, row.target)))
    context = {"filing": filing, "copy": copy, "offered": offered, "left": any(not one.is_there for one in offered)}
    return render(request, "filings/filing/collect.html", context)


@require_POST
@login_required
def take(request: PersonRequest, filing_id: int) -> HttpResponse:
    """Only what the page has shown: a copy that has been replaced meanwhile is to be looked at first."""
    filing, copy = _collectable(request, filing_id)
    if request.POST.get("copy") != copy.code:
        messages.error(request, "这份定稿已经换成新的，请重新勾选。")
        return redirect("filing_library", filing.pk)
    chosen = set(request.POST.getlist("row"))
    taken = 0
    for row in issued.rows_of(copy.revision):
        if row.key not in chosen:
            continue
        try:
            entries.add_row(row, copy.revision, by=request.user, now=timezone.now())
            taken += 1
        except entries.InvalidEntry as error:
            messages.error(request, str(error))
    if taken:
        said = f"已收入 {taken} 条指标。"
        messages.success(request, said)
    elif not chosen:
        messages.error(request, "还没有勾选指标。")
    return redirect("filing_library", filing.pk)


def _collectable(request: PersonRequest, filing_id: int) -> tuple[Filing, IssuedCopy]:
    """The filing with its copy in force, for whoever may take rows from it."""
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may_collect(request.user, filing))
    copies = filing.issued_copies.filter(live=True).select_related("revision__filing__cycle__edition")
    copy = copies.select_related("revision__filing__department").first()
    if copy is None:
        raise Http404
    return filing, copy
