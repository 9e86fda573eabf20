"""收入指标库: add rows of an issued table to the indicator library."""

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
from filings.views.access import UserRequest, demand, filing_or_404


@dataclass(frozen=True)
class CollectableRow:
    """A row with the label of its class, and whether the library has its name and also its value."""

    row: issued.IssuedRow
    label: str
    has_name: bool
    has_value: bool


@login_required
def filing_library(request: UserRequest, filing_id: int) -> HttpResponse:
    filing, copy = _issued_or_404(request, filing_id)
    issued_rows = issued.rows_of(copy.revision)
    known = entries.entries_for(issued_rows)
    rows = []
    for row in issued_rows:
        entry = known.get((row.canonical, row.name))
        rows.append(
            CollectableRow(row, label(row.canonical), entry is not None, entries.contains_value(entry, row.target))
        )
    can_collect = any(not row.has_value for row in rows)
    context = {"filing": filing, "copy": copy, "rows": rows, "can_collect": can_collect}
    return render(request, "filings/filing/collect.html", context)


@require_POST
@login_required
def collect(request: UserRequest, filing_id: int) -> HttpResponse:
    """Add the chosen rows. If another copy has been issued since the page was shown, nothing is added."""
    filing, copy = _issued_or_404(request, filing_id)
    if request.POST.get("copy") != copy.code:
        messages.error(request, "这份定稿已经换成新的，请重新勾选。")
        return redirect("filing_library", filing.pk)
    chosen = set(request.POST.getlist("row"))
    added = 0
    for row in issued.rows_of(copy.revision):
        if row.key not in chosen:
            continue
        try:
            entries.add_row(row, copy.revision, by=request.user, now=timezone.now())
            added += 1
        except entries.InvalidEntry as error:
            messages.error(request, str(error))
    if added:
        messages.success(request, f"已收入 {added} 条指标。")
    elif not chosen:
        messages.error(request, "尚未勾选指标。")
    return redirect("filing_library", filing.pk)


def _issued_or_404(request: UserRequest, filing_id: int) -> tuple[Filing, IssuedCopy]:
    """Return the filing with its copy in force. Raises PermissionDenied for users who may not collect its rows."""
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may_collect(request.user, filing))
    copies = filing.issued_copies.filter(live=True).select_related("revision__filing__cycle__edition")
    copy = copies.select_related("revision__filing__department").first()
    if copy is None:
        raise Http404
    return filing, copy
