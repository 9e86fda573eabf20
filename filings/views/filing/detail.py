"""查看: the table read-only, what was said about it, its history, and the steps that this person may take."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from filings import permissions
from filings.forms.actions import AdjustForm
from filings.lifecycle import workflow
from filings.models import Filing, Review
from filings.views.access import UserRequest, filing_or_404
from filings.views.filing.downloads import KINDS
from filings.views.filing.history import history_of
from filings.views.table import annotated
from filings.views.visible_version import (
    Shown,
    latest_remarks,
    reviews_of,
    shown_to,
    submitted,
)


@login_required
def read(request: UserRequest, filing_id: int) -> HttpResponse:
    return read_page(request, filing_or_404(request.user, filing_id))


def read_page(
    request: UserRequest, filing: Filing, *, form: AdjustForm | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    """The page. After a refusal `form` holds what was typed, and the page shows the filing as it is by now."""
    shown = shown_to(request.user, filing)
    reviews = reviews_of(filing)
    context = {
        **_said(shown, reviews),
        **_past(shown),
        "filing": filing,
        "shown": shown,
        "reviews": reviews,
        "due": filing.cycle.deadline_for(filing.department),
        "possible": workflow.possible(filing, request.user),
        "may_fill": permissions.may_fill(request.user, filing),
        "may_collect": permissions.may_collect(request.user, filing),
        "verdict": shown.assessing.verdict if shown.revision is None else None,
        "can_waive": shown.revision is None and permissions.may_waive(request.user, filing),
        "form": form or AdjustForm(),
        "refusal": refusal,
        "kinds": KINDS,
    }
    return render(request, "filings/filing/detail.html", context, status=status)


def _said(shown: Shown, reviews: list[Review]) -> dict[str, object]:
    """The table with what was remarked, and, on a draft, what was found; both as lists too."""
    remarks = latest_remarks(reviews)
    items = shown.assessing.items if shown.revision is None else ()
    grid = annotated.grid_of(shown)
    notes = [*annotated.finding_notes(items), *annotated.remark_notes(remarks)]
    return {
        "table": annotated.write(grid, notes),
        "findings": annotated.linked_findings(grid, items),
        "remarks": annotated.linked_remarks(grid, remarks),
    }


def _past(shown: Shown) -> dict[str, object]:
    """What has happened, what was submitted and what was issued, newest first."""
    return {
        "history": history_of(shown.filing),
        "revisions": shown.revisions,
        "copies": shown.filing.issued_copies.select_related("revision").order_by("-id"),
    }


@login_required
def revision(request: UserRequest, filing_id: int, number: int) -> HttpResponse:
    """One version as it was submitted, with what was said about it."""
    filing = filing_or_404(request.user, filing_id)
    shown = submitted(get_object_or_404(permissions.revisions_seen(request.user, filing), number=number))
    reviews = [review for review in reviews_of(filing) if review.revision.number == number]
    notes = annotated.remark_notes(latest_remarks(reviews))
    table = annotated.write(annotated.grid_of(shown), notes)
    context = {"filing": filing, "shown": shown, "reviews": reviews, "table": table}
    return render(request, "filings/filing/revision.html", context)
