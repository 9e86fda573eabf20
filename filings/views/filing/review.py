"""审核: the table with what was found, a remark at each row, and the two decisions."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from filings import permissions
from filings.choices import Action, Status
from filings.document.place import Place
from filings.forms.actions import LONGEST_REMARK, REMARK, ReviewForm
from filings.lifecycle import workflow
from filings.models import Filing
from filings.table.grid import Grid
from filings.views.access import PersonRequest, demand, filing_or_404
from filings.views.table import annotated
from filings.views.table.funding import coverage_of, funding_html, with_funding_row
from filings.views.visible_version import latest_remarks, reviews_of, shown_to

_FIELD = (
    '<details class="remark-field"{open}><summary>{verb}</summary>'
    '<textarea name="{name}" rows="3" maxlength="{most}" aria-label="{label}">{text}</textarea></details>'
)


@login_required
def review(request: PersonRequest, filing_id: int) -> HttpResponse:
    filing = filing_or_404(request.user, filing_id)
    if filing.status == Status.IN_REVIEW:
        demand(permissions.may_decide(request.user, filing))
    return review_page(request, filing)


def review_page(
    request: PersonRequest, filing: Filing, *, form: ReviewForm | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    """The page. After a refusal `form` holds what was typed, and the page shows the filing as it is by now."""
    shown = shown_to(request.user, filing)
    reviews = reviews_of(filing)
    grid = with_funding_row(annotated.grid_of(shown))
    notes = [*annotated.finding_notes(shown.assessing.items), *annotated.remark_notes(latest_remarks(reviews))]
    typed = dict(form.remarks()) if form else {}
    case, href = shown.assessing.case, annotated.href
    can_decide = Action.APPROVE_STAGE in workflow.possible(filing, request.user)
    context = {
        "filing": filing,
        "shown": shown,
        "table": annotated.write(
            grid, notes, field=partial(_field, typed, can_decide), funding=funding_html(case, href)
        ),
        "coverage": coverage_of(case, href),
        "unplaced": _unplaced(grid, typed),
        "findings": annotated.linked_findings(grid, shown.assessing.items),
        "verdict": shown.assessing.in_words,
        "can_waive": can_decide and permissions.may_waive(request.user, filing),
        "reviews": reviews,
        "can_decide": can_decide,
        "form": form or ReviewForm(),
        "refusal": refusal,
    }
    return render(request, "filings/filing/review.html", context, status=status)


def _field(typed: dict[str, str], can_decide: bool, place: Place, words: str) -> SafeString:
    """Where a remark is written; when nothing can be decided any more, only those that were."""
    text = typed.get(str(place), "")
    if not text and not can_decide:
        return SafeString()
    return format_html(
        _FIELD,
        open=" open" if text else "",
        verb="写意见",
        name=f"{REMARK}{place}",
        most=LONGEST_REMARK,
        label=f"对「{words}」的意见",
        text=text,
    )


def _unplaced(grid: Grid, typed: dict[str, str]) -> list[str]:
    """Remarks on rows that the table, as it is by now, no longer has."""
    shown = {str(place) for place in annotated.places(grid)}
    return [text for place, text in typed.items() if place not in shown]
