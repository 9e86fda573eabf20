"""The fill-in page: the official table with fields in its cells, its findings, sums and progress."""

from collections.abc import Iterable
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from filings import drafts, permissions
from filings.choices import Action
from filings.clocks.due import clock_of
from filings.clocks.working_days import overrides
from filings.drafts import SaveResult
from filings.lifecycle import events
from filings.models import Filing
from filings.views.access import UserRequest
from filings.views.editor.access import own_filing
from filings.views.editor.corrections import Corrections
from filings.views.editor.script_data import edition_data, messages_of_scripts
from filings.views.editor.table.sheet import EditorSheet
from filings.views.filing.years import earlier_copies


@never_cache
@login_required
def fill(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = own_filing(request, filing_id)
    fillable = permissions.may_fill(request.user, filing)
    if not fillable:
        messages.info(request, fillable.reason)
        return redirect("read", filing.pk)
    return fill_page(request, filing, is_complete_check="checked" in request.GET)


def fill_page(
    request: UserRequest,
    filing: Filing,
    *,
    saved: SaveResult | None = None,
    stopped: Iterable[str] | None = None,
    is_complete_check: bool = False,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the page after `saved`.

    `stopped` are messages of a submission that failed, shown with the errors found; empty if there are no others.
    A failed submission and a complete check report what is still to be filled in as findings. The address of the page
    keeps this until the page is left, so that it survives a reload and concerns no other window.
    """
    # Read before the table: an edit made in between is then reported as news instead of counting as seen.
    last_edit = filing.edits.select_related("by").order_by("-id").first()
    draft = drafts.load(filing)
    corrections = Corrections(filing, draft)
    is_complete_check = is_complete_check or stopped is not None
    sheet = EditorSheet(
        filing, draft, saved or SaveResult(), corrections.remarks, is_complete_check, corrections.unanswered
    )
    context = {
        "filing": filing,
        "sheet": sheet,
        "table": sheet.table(),
        "row_templates": sheet.row_templates(),
        "script_messages": messages_of_scripts(),
        "edition_data": edition_data(sheet.draft.edition),
        "forms": sheet.forms,
        "client_id": uuid4().hex,
        "last_edit": last_edit,
        "now": timezone.now(),
        "clock": clock_of(filing, overrides()),
        "has_earlier_years": earlier_copies(request.user, filing).exists(),
        "corrections": corrections,
        "correction_items": corrections.items(sheet.href),
        "sent_back": _sent_back(filing),
        "unsaved": sheet.unsaved(),
        "is_stopped": stopped is not None,
        "refusal": refusal,
        **sheet.panels(stopped or ()),
        **sheet.sums(),
    }
    return render(request, "filings/editor/page.html", context, status=status)


def _sent_back(filing: Filing) -> dict[str, str] | None:
    """Return the name and reason of the department's head if sending the table back was the last event."""
    last = filing.events.order_by("-number").first()
    if last is None or last.action != Action.SEND_BACK:
        return None
    return {"by": last.by_name, "reason": events.detail(last).get("reason", "")}
