"""恢复点: what the table held when it was opened, before each paste, import and going back, at each submission; to be
looked at and gone back to. Going back is a save like any other: it stands in the history, and another point before it.
"""

from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from filings import drafts
from filings.document.place import Place
from filings.drafts import Draft
from filings.drafts.restore import go_back
from filings.drafts.restore_points import count_differences, differences, draft_at
from filings.drafts.stored import COLUMNS, is_row
from filings.errors import StepRefused
from filings.labels import POINT
from filings.models import Filing, RestorePoint
from filings.rules.finding import quote
from filings.table.layout.document import lay_out
from filings.views.access import UserRequest
from filings.views.editor.form_posts import own_filing
from filings.views.table.annotated import Note, write

ON_A_PAGE = 50
FIRST_COLUMN = {"duties": "text", "tasks": "name", "indicators": "name"}


@dataclass(frozen=True)
class ListedPoint:
    """A restore point in the list: why it was kept, and how many cells are different now."""

    point: RestorePoint
    reason: str
    count: int


@never_cache
@login_required
def points(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = own_filing(request, filing_id)
    page = Paginator(filing.points.select_related("by"), ON_A_PAGE).get_page(request.GET.get("page"))
    counts = count_differences(drafts.load(filing).stored, page)
    found = [ListedPoint(point, str(POINT[point.kind]), count) for point, count in zip(page, counts, strict=True)]
    return render(request, "filings/editor/restore_points.html", {"filing": filing, "points": found, "page": page})


@never_cache
@login_required
def point(request: UserRequest, filing_id: int, point_id: int) -> HttpResponse:
    filing = own_filing(request, filing_id)
    kept = _kept(filing, point_id)
    now = drafts.load(filing)
    then = draft_at(kept, now)
    context = {
        "filing": filing,
        "point": kept,
        "reason": POINT[kept.kind],
        "count": count_differences(now.stored, [kept])[0],
        "table": _table(now, then),
        "going": _going(now, then),
    }
    return render(request, "filings/editor/restore_point.html", context)


@require_POST
@login_required
def restore(request: UserRequest, filing_id: int, point_id: int) -> HttpResponse:
    filing = own_filing(request, filing_id)
    kept = _kept(filing, point_id)
    try:
        saved = go_back(filing, kept, by=request.user, client_id=uuid4().hex)
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
        return redirect("read", filing.pk)
    if not saved.is_whole:
        kept_out = [item.reason for item in saved.refusals] or ["有几处刚被别人改过。"]
        messages.error(request, f"有 {len(saved.kept_out)} 处没有恢复：" + kept_out[0])
    count = len(saved.applied)
    messages.success(request, f"已恢复，改动了 {count} 处。")
    return redirect("fill", filing.pk)


def _kept(filing: Filing, point_id: int) -> RestorePoint:
    if point_id >= 2**63:
        raise Http404
    return get_object_or_404(filing.points.select_related("by"), pk=point_id)


def _table(now: Draft, then: Draft) -> SafeString:
    """The table as it was, with what stands in a cell now where that is something else."""
    notes = [
        note for difference in differences(now.stored, then.stored) if (note := _note(*difference, now=now)) is not None
    ]
    return write(lay_out(then.raw, then.edition, whole_texts=True, whole_targets=True), notes)


def _note(at: Place, text: str, then: str, *, now: Draft) -> Note | None:
    """What stands now in a cell; of a row whether it is there, or that it stands elsewhere."""
    if not is_row(at):
        words = quote(text) if text else "空白"
        return None if at.column == "node" else Note(at, "warning", "现在", words)
    first = Place(at.section, at.key, FIRST_COLUMN[at.section])
    if not then:
        return None
    return Note(first, "warning", "现在", "次序不同" if text else "没有这一行")


def _going(now: Draft, then: Draft) -> list[str]:
    """What stands in the rows that there are now and were not then: they go when one goes back."""
    there = {row.key for section in COLUMNS for row in then.stored.standing(section)}
    rows = [row for section in COLUMNS for row in now.stored.standing(section) if row.key not in there]
    texts = (" ".join(filter(None, (row.texts.get(name, "") for name in ("text", "name", "target")))) for row in rows)
    return [text for text in texts if text.strip()]
