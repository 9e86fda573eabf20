"""审核: the table with its findings, a field for a remark at each row, and the decision."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from filings import permissions
from filings.choices import Action, Handling, Status
from filings.document.place import Place
from filings.forms.actions import LONGEST_REMARK, REMARK, ReviewForm
from filings.lifecycle import workflow
from filings.lifecycle.open_points import open_points
from filings.models import Filing
from filings.reviewing.new_remark import NewRemark
from filings.table.grid import Grid
from filings.views.access import UserRequest, demand, filing_or_404
from filings.views.table import annotated
from filings.views.table.funding import coverage_of, funding_html, with_funding_row
from filings.views.visible_version import present_remarks, reviews_of, visible_version


@login_required
def review(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = filing_or_404(request.user, filing_id)
    if filing.status == Status.IN_REVIEW:
        demand(permissions.may_decide(request.user, filing))
    return review_page(request, filing)


def review_page(
    request: UserRequest, filing: Filing, *, form: ReviewForm | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    """Render the page; after a refusal with the user's input in `form` and the filing in its present state."""
    version = visible_version(request.user, filing)
    assessment = version.assessment
    reviews = reviews_of(filing, request.user)
    grid = with_funding_row(annotated.grid_of(version))
    sentence = annotated.sentence_for(request.user, filing)
    remarks = annotated.remark_notes(present_remarks(filing, reviews))
    notes = [*annotated.finding_notes(assessment.items, sentence), *remarks]
    typed = dict(form.remarks()) if form else {}
    can_decide = Action.APPROVE_STAGE in workflow.possible(filing, request.user)
    field = partial(_remark_field, typed, can_decide)
    funding = funding_html(assessment.context, annotated.href)
    left_open = open_points(
        filing,
        assessment,
        remarks=[NewRemark(place, text) for place, text in typed.items()],
        grade=str(form["grade"].value() or "") if form else "",
    )
    context = {
        "filing": filing,
        "version": version,
        "table": annotated.write(grid, notes, field=field, funding=funding),
        "coverage": coverage_of(assessment.context, annotated.href),
        "unplaced": _unplaced(grid, typed),
        "findings": annotated.linked_findings(grid, assessment.items, sentence),
        "verdict": assessment.counts_summary,
        "can_waive": can_decide and permissions.may_waive(request.user, filing),
        "reviews": reviews,
        "can_decide": can_decide,
        "left_open": [point for point in left_open if point.handling != Handling.ALLOW],
        "form": form or ReviewForm(),
        "refusal": refusal,
    }
    return render(request, "filings/filing/review.html", context, status=status)


def _remark_field(typed: dict[str, str], can_decide: bool, place: Place, row: str) -> SafeString:
    """Render the field for a remark on a row. When the user can no longer decide, only typed remarks are shown."""
    text = typed.get(str(place), "")
    if not text and not can_decide:
        return SafeString()
    context = {"name": f"{REMARK}{place}", "longest": LONGEST_REMARK, "label": f"对「{row}」的意见", "text": text}
    return render_to_string("filings/filing/_remark_field.html", context)


def _unplaced(grid: Grid, typed: dict[str, str]) -> list[str]:
    """Return the remarks on rows that the table no longer has."""
    places = {str(place) for place in annotated.places(grid)}
    return [text for place, text in typed.items() if place not in places]
