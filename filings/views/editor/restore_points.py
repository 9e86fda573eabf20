"""可恢复的版本: restore points, contents of the table that can be viewed and restored.

They are kept when a table is opened, before each paste, import and restoration, and at each submission. Restoring is a
save like any other: it is part of the history, and itself preceded by a restore point.
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
from filings.drafts.restore import restore_draft
from filings.drafts.restore_points import changed_after, count_differences, differences, draft_at, texts_of
from filings.drafts.stored_draft import COLUMNS, StoredDraft, is_row
from filings.errors import StepRefused
from filings.models import Filing, RestorePoint
from filings.rules.finding import quote
from filings.table.layout.document import lay_out
from filings.views.access import UserRequest
from filings.views.editor.access import own_filing
from filings.views.editor.point_names import names_of
from filings.views.table.annotated import write
from filings.views.table.notes import Note

ROWS_PER_PAGE = 50
FIRST_COLUMN = {"duties": "text", "tasks": "name", "indicators": "name"}


@dataclass(frozen=True)
class ListedPoint:
    """A restore point in the list with its name and the number of cells that differ now."""

    point: RestorePoint
    name: str
    count: int


@never_cache
@login_required
def points(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = own_filing(request, filing_id)
    page = Paginator(filing.points.select_related("by"), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    current = drafts.load(filing).stored
    counts = count_differences(current, page)
    names = _names(filing, list(page), current)
    listed = [ListedPoint(*item) for item in zip(page, names, counts, strict=True)]
    return render(request, "filings/editor/restore_points.html", {"filing": filing, "points": listed, "page": page})


@never_cache
@login_required
def point(request: UserRequest, filing_id: int, point_id: int) -> HttpResponse:
    filing = own_filing(request, filing_id)
    restore_point = _restore_point(filing, point_id)
    current = drafts.load(filing)
    earlier = draft_at(restore_point, current)
    context = {
        "filing": filing,
        "point": restore_point,
        "name": _name(filing, restore_point, current.stored),
        "count": count_differences(current.stored, [restore_point])[0],
        "table": _table(current, earlier),
        "going": _removed_rows(current, earlier),
    }
    return render(request, "filings/editor/restore_point.html", context)


@require_POST
@login_required
def restore(request: UserRequest, filing_id: int, point_id: int) -> HttpResponse:
    filing = own_filing(request, filing_id)
    restore_point = _restore_point(filing, point_id)
    try:
        saved = restore_draft(filing, restore_point, by=request.user, client_id=uuid4().hex)
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
        return redirect("read", filing.pk)
    if not saved.is_whole:
        reasons = [item.reason for item in saved.refusals] or ["有几处刚被他人修改。"]
        messages.error(request, f"有 {len(saved.rejected)} 处没有恢复：{reasons[0]}")
    messages.success(request, f"已恢复，改动了 {len(saved.applied)} 处。")
    return redirect("fill", filing.pk)


def _names(filing: Filing, listed: list[RestorePoint], current: StoredDraft) -> list[str]:
    following = filing.points.filter(id__gt=listed[0].pk).order_by("id").first() if listed else None
    changed = changed_after(texts_of(following, current), listed)
    return names_of(filing, listed, following, changed)


def _name(filing: Filing, restore_point: RestorePoint, current: StoredDraft) -> str:
    [name] = _names(filing, [restore_point], current)
    return name


def _restore_point(filing: Filing, point_id: int) -> RestorePoint:
    if point_id >= 2**63:
        raise Http404
    return get_object_or_404(filing.points.select_related("by"), pk=point_id)


def _table(current: Draft, earlier: Draft) -> SafeString:
    """Write the earlier table, with notes of the current texts where they differ."""
    notes = [
        note for difference in differences(current.stored, earlier.stored) if (note := _note(*difference)) is not None
    ]
    return write(lay_out(earlier.raw, earlier.edition, whole_texts=True, whole_targets=True), notes)


def _note(place: Place, text: str, earlier: str) -> Note | None:
    """Note the current text of a cell; at a row's first cell, that the row is gone or in another position."""
    if not is_row(place):
        return None if place.column == "node" else Note(place, "change", "现在", quote(text) if text else "空白")
    if not earlier:
        return None
    first = Place(place.section, place.key, FIRST_COLUMN[place.section])
    return Note(first, "change", "现在", "次序不同" if text else "没有这一行")


def _removed_rows(current: Draft, earlier: Draft) -> list[str]:
    """The texts of the current rows that restoring removes."""
    kept = {row.key for section in COLUMNS for row in earlier.stored.ordered_rows(section)}
    rows = [row for section in COLUMNS for row in current.stored.ordered_rows(section) if row.key not in kept]
    texts = (" ".join(filter(None, (row.texts.get(name, "") for name in ("text", "name", "target")))) for row in rows)
    return [text for text in texts if text.strip()]
