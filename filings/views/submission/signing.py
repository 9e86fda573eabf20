"""The page on which the head reads the table, to go on to the signature or send it back to the filler."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from filings import permissions, progress
from filings.choices import Action
from filings.forms.actions import SendBackForm
from filings.lifecycle import workflow
from filings.models import Filing
from filings.views.access import UserRequest, demand, filing_or_404
from filings.views.submission.notes import note_to_head
from filings.views.table import annotated
from filings.views.visible_version import visible_version


@login_required
def signing(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may(request.user, Action.SEND_BACK, filing))
    return signing_page(request, filing)


def signing_page(
    request: UserRequest, filing: Filing, *, form: SendBackForm | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    """Render the page; after a refusal with the user's input in `form` and the filing in its present state."""
    version = visible_version(request.user, filing)
    assessment = version.assessment
    grid = annotated.grid_of(version)
    possible = workflow.possible(filing, request.user)
    context = {
        "filing": filing,
        "version": version,
        "progress": progress.load_one(filing),
        "table": annotated.write(grid, annotated.finding_notes(assessment.items)),
        "findings": annotated.linked_findings(grid, assessment.items),
        "verdict": assessment.counts_summary,
        "can_sign": Action.SIGN in possible,
        "can_send_back": Action.SEND_BACK in possible,
        "not_signing": permissions.may(request.user, Action.SIGN, filing).reason,
        "note": note_to_head(filing),
        "form": form or SendBackForm(),
        "refusal": refusal,
    }
    return render(request, "filings/submission/signing.html", context, status=status)
