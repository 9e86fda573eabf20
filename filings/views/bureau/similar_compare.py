"""雷同: the tables of two filings next to each other."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render

from filings import permissions
from filings.models import Cycle, Revision
from filings.models.keys import parse_key
from filings.views.access import UserRequest, filing_or_404, overseen_cycle
from filings.views.bureau.side_by_side import side_by_side


@login_required
def similar_compare(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Show the tables of two filings `a` and `b` next to each other."""
    cycle = overseen_cycle(request, cycle_id)
    left, right = (_newest(request, cycle, request.GET.get(name, "")) for name in ("a", "b"))
    context = {
        "cycle": cycle,
        "left": left,
        "right": right,
        "sections": side_by_side(left.document(), right.document(), cycle.edition.definition()),
    }
    return render(request, "filings/bureau/similar_compare.html", context)


def _newest(request: UserRequest, cycle: Cycle, number: str) -> Revision:
    """Return the newest version that the user may see of a filing of the cycle."""
    filing = filing_or_404(request.user, parse_key(number) or 0)
    if filing.cycle_id != cycle.pk:
        raise Http404("没有这份申报表，或者它不由您办理。")
    revision = permissions.last_visible_revision(request.user, filing)
    if revision is None:
        raise Http404(f"「{filing.department}」尚未提交过申报表。")
    revision.filing = filing
    return revision
