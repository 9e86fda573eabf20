"""审核表: the scores of the last reviewed revision, by reviewer and averaged, for the screen and for printing."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from filings import permissions
from filings.models import Filing, Review
from filings.reviewing.scoring.average import scored
from filings.views.access import UserRequest, demand, filing_or_404


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


def _last_scored(filing: Filing) -> tuple[object, list[Review]]:
    """Return the newest revision that has scores, and its reviews; None and an empty list without any."""
    reviews = Review.objects.filter(revision__filing=filing).exclude(scores={}).select_related("revision")
    newest = reviews.order_by("-revision__number").first()
    if newest is None:
        return None, []
    return newest.revision, list(reviews.filter(revision=newest.revision).order_by("pk"))
