"""审核表: the scores of the last reviewed revision, by reviewer and averaged, as page and as PDF."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from filings import permissions
from filings.formats.file import CannotPrint
from filings.letters import score_sheet
from filings.models import Filing, Review, Revision
from filings.reviewing.scoring.average import scored
from filings.views.access import UserRequest, demand, filing_or_404
from filings.views.filing.downloads import attached


@login_required
def scores(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may_see_scores(request.user, filing))
    revision, reviews = _last_scored(filing)
    sheet = filing.cycle.review_policy().score_sheet
    context = {
        "filing": filing,
        "revision": revision,
        "scored": scored(sheet, reviews),
        "sheet": sheet,
    }
    return render(request, "filings/scores/page.html", context)


@login_required
def score_sheet_file(request: UserRequest, filing_id: int) -> HttpResponse:
    """Download the score sheet as PDF; without scores, the page explains where they come from."""
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may_see_scores(request.user, filing))
    revision, reviews = _last_scored(filing)
    sheet = filing.cycle.review_policy().score_sheet
    found = scored(sheet, reviews)
    if revision is None or found is None:
        return redirect("scores", filing.pk)
    try:
        return attached(score_sheet.write(filing, revision, sheet, found, made_at=found.reviews[-1].at))
    except CannotPrint as error:
        messages.error(request, str(error))
        return redirect("scores", filing.pk)


def _last_scored(filing: Filing) -> tuple[Revision | None, list[Review]]:
    """Return the newest revision that has scores, and its reviews; None and an empty list without any."""
    reviews = Review.objects.filter(revision__filing=filing).exclude(scores={}).select_related("revision")
    newest = reviews.order_by("-revision__number").first()
    if newest is None:
        return None, []
    return newest.revision, list(reviews.filter(revision=newest.revision).order_by("pk"))
