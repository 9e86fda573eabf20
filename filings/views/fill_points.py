"""恢复点: what the table held when it was opened, before each paste, import and going back, at each submission; to be
looked at and gone back to. Going back is a save like any other: it stands in the history, and another point before it.
"""

from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from filings import drafts
from filings.document.place import Place
from filings.drafts import Draft
from filings.drafts.going_back import go_back
from filings.drafts.points import differences, draft_at
from filings.labels import POINT
from filings.models import Filing, RestorePoint
from filings.refusals import StepRefused
from filings.rules.finding import quote
from filings.table.layout import lay_out
from filings.views.access import PersonRequest
from filings.views.annotated import Note, write
from filings.views.fill_saving import own_filing


@dataclass(frozen=True)
class Listed:
    """A restore point in the list: why it was kept, and how many cells are different now."""

    point: RestorePoint
    reason: str
    count: int


@never_cache
@login_required
def points(request: PersonRequest, filing_id: int) -> HttpResponse:
    filing = own_filing(request, filing_id)
    now = drafts.load(filing)
    found = [
        Listed(point, str(POINT[point.kind]), len(differences(now.stored, draft_at(point, now).stored)))
        for point in filing.points.select_related("by")
    ]
    return render(request, "filings/points.html", {"filing": filing, "points": found})


@never_cache
@login_required
def point(request: PersonRequest, filing_id: int, point_id: int) -> HttpResponse:
    filing = own_filing(request, filing_id)
    kept = _kept(filing, point_id)
    now = drafts.load(filing)
    then = draft_at(kept, now)
    context = {
        "filing": filing,
        "point": kept,
        "reason": POINT[kept.kind],
        "count": len(differences(now.stored, then.stored)),
        "table": _table(now, then),
    }
    return render(request, "filings/point.html", context)


@require_POST
@login_required
def restore(request: PersonRequest, filing_id: int, point_id: int) -> HttpResponse:
    filing = own_filing(request, filing_id)
    kept = _kept(filing, point_id)
    try:
        saved = go_back(filing, kept, by=request.user, client_id=uuid4().hex)
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
        return redirect("read", filing.pk)
    count = len(saved.applied)
    messages.success(
        request, ngettext("已恢复，改动了 %(count)s 处。", "已恢复，改动了 %(count)s 处。", count) % {"count": count}
    )
    return redirect("fill", filing.pk)


def _kept(filing: Filing, point_id: int) -> RestorePoint:
    if point_id >= 2**63:
        raise Http404
    return get_object_or_404(filing.points.select_related("by"), pk=point_id)


def _table(now: Draft, then: Draft) -> SafeString:
    """The table as it was, with what stands in a cell now where that is something else."""
    notes = [
        Note(_shown(at), "warning", _("现在"), quote(text) if text else _("空白"))
        for at, text, _then in differences(now.stored, then.stored)
        if at.column != "node"
    ]
    return write(lay_out(then.raw, then.edition, whole_texts=True), notes)


def _shown(at: Place) -> Place:
    """A row that is not there now says so at its first cell."""
    first = {"duties": "text", "indicators": "name"}
    return at if at.column or at.section not in first else Place(at.section, at.key, first[at.section])
