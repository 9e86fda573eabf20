"""查看: the table of a filing with its remarks and findings, its history, and the actions available to the user."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from filings import labels, permissions, progress
from filings.choices import Action
from filings.forms.actions import AdjustForm
from filings.letters import files
from filings.lifecycle import workflow
from filings.lifecycle.open_form import can_be_opened, may_open
from filings.models import Filing, Review, User
from filings.publication.listing import approved_of
from filings.publication.public import live
from filings.reviewing.remarks import unanswered_in_draft
from filings.views.access import UserRequest, filing_or_404
from filings.views.filing.downloads import KINDS
from filings.views.filing.history import history_of
from filings.views.filing.issued_copies import copies_of
from filings.views.filing.letters import letters_of
from filings.views.filing.years import earlier_copies
from filings.views.table import annotated
from filings.views.visible_version import VisibleVersion, present_remarks, reviews_of, visible_version


@login_required
def detail(request: UserRequest, filing_id: int) -> HttpResponse:
    return detail_page(request, filing_or_404(request.user, filing_id))


def detail_page(
    request: UserRequest, filing: Filing, *, form: AdjustForm | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    """Render the page; after a refusal with the user's input in `form` and the filing in its present state."""
    version = visible_version(request.user, filing)
    reviews = reviews_of(filing, request.user)
    is_draft = version.revision is None
    context = {
        **_table(request.user, version, reviews),
        **_history(version, request.user),
        "filing": filing,
        "version": version,
        "reviews": reviews,
        "may_see_internal": permissions.may_see_internal(request.user, filing),
        "returning": next((review for review in reviews if review.decision == Action.RETURN), None),
        "progress": progress.load_one(filing),
        "is_public": live().filter(filing=filing).exists(),
        "may_publish": _may_publish(request.user, filing),
        "closed": permissions.may_act_in(filing.cycle).reason,
        "no_one_left": workflow.no_one_left(filing),
        "possible": workflow.possible(filing, request.user),
        "has_earlier_years": earlier_copies(request.user, filing).exists(),
        "may_start": permissions.may_start(request.user, filing.department),
        "may_fill": permissions.may_fill(request.user, filing),
        "may_see_scores": bool(reviews) and permissions.may_see_scores(request.user, filing),
        "may_open_form": can_be_opened(filing) and may_open(request.user, filing),
        "may_collect": permissions.may_collect(request.user, filing),
        "verdict": _verdict(version) if is_draft else None,
        "can_waive": is_draft and permissions.may_waive(request.user, filing),
        "form": form or AdjustForm(),
        "refusal": refusal,
        "kinds": KINDS,
        "letters": letters_of(filing),
        "letter_kinds": files.KINDS,
    }
    return render(request, "filings/filing/detail.html", context, status=status)


def _may_publish(user: User, filing: Filing) -> bool:
    """Whether the user may open the page on which the filing is published."""
    may = permissions.may_publish(user, filing.department)
    return bool(may) and approved_of(filing.cycle).filter(pk=filing.pk).exists()


def _verdict(version: VisibleVersion) -> str:
    return version.assessment.progress_summary(len(unanswered_in_draft(version.filing, version.document)))


def _table(user: User, version: VisibleVersion, reviews: list[Review]) -> dict[str, object]:
    """Build the annotated table, and its remarks and (only for a draft) findings as lists."""
    remarks = present_remarks(version.filing, reviews)
    items = version.assessment.while_filling if version.revision is None else ()
    grid = annotated.grid_of(version)
    sentence = annotated.sentence_for(user, version.filing)
    mistakes = [item for item in items if not item.is_to_fill]
    to_fill = [item for item in items if item.is_to_fill]
    notes = [*annotated.finding_notes(mistakes, sentence), *annotated.remark_notes(remarks)]
    return {
        "table": annotated.write(grid, notes),
        "findings": [
            *annotated.linked_findings(grid, mistakes, sentence),
            *annotated.linked_findings(grid, to_fill, lambda item: item.finding.to_fill),
        ],
        "remarks": annotated.linked_remarks(grid, remarks),
    }


def _history(version: VisibleVersion, user: User) -> dict[str, object]:
    """Collect events, revisions and issued copies, newest first."""
    return {
        "history": history_of(version.filing, user),
        "revisions": version.revisions,
        "copies": copies_of(version.filing),
    }


@login_required
def revision(request: UserRequest, filing_id: int, number: int) -> HttpResponse:
    """Show one submitted revision with the remarks of its reviews."""
    filing = filing_or_404(request.user, filing_id)
    submitted = get_object_or_404(permissions.visible_revisions(request.user, filing), number=number)
    version = VisibleVersion(filing, submitted)
    reviews = [review for review in reviews_of(filing, request.user) if review.revision.number == number]
    notes = annotated.remark_notes(remark for review in reversed(reviews) for remark in review.remarks.all())
    table = annotated.write(annotated.grid_of(version), notes)
    context = {
        "filing": filing,
        "version": version,
        "reviews": reviews,
        "may_see_internal": permissions.may_see_internal(request.user, filing),
        "table": table,
        "attached": [(each, labels.ATTACHMENT[each.kind]) for each in permissions.attachments_of(submitted)],
    }
    return render(request, "filings/filing/revision.html", context)
