"""审签: one page sums up what is signed, and the head ticks the statements of the cycle."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.views.decorators.cache import never_cache

from filings.choices import Action
from filings.forms.submission import SignatureForm
from filings.lifecycle import workflow
from filings.models import Filing
from filings.views.access import UserRequest
from filings.views.submission import gate, recipients
from filings.views.submission.gate import ActionGate, PageContext
from filings.views.submission.notes import note_to_head
from filings.views.table import annotated
from filings.views.table.compared import comparison_context, named_revision
from filings.views.visible_version import VisibleVersion


@never_cache
@login_required
def sign(request: UserRequest, filing_id: int) -> HttpResponse:
    return gate.answer(request, filing_id, SIGNATURE)


def _form(filing: Filing, posted: QueryDict | None) -> SignatureForm:
    return SignatureForm(posted, statements=filing.cycle.review_policy().statements)


def _context(request: UserRequest, filing: Filing, version: VisibleVersion, form: SignatureForm) -> PageContext:
    assessment = version.assessment
    return {
        "note": note_to_head(filing),
        "findings": annotated.linked_findings(annotated.grid_of(version), assessment.items),
        "verdict": assessment.counts_summary,
        "blocking": assessment.blocking,
        "statements": filing.cycle.review_policy().statements,
        "ticked": form.ticked_for(version.revision),
        "is_posted": form.is_bound,
        "may_act": workflow.is_in_turn(Action.SIGN, filing) and not assessment.blocking,
        "is_typed": bool(form["reason"].value()),
        "next_steps": recipients.after_signing(filing),
        "changed_version": _changed_version(version, form) if form.is_bound else None,
    }


def _changed_version(version: VisibleVersion, form: SignatureForm) -> PageContext | None:
    """Return the changes since the version that the page showed, if it is not the present one."""
    number = form.cleaned_data.get("revision")
    shown = next((each for each in version.revisions if each.number == number), None)
    if not shown or not version.revision or version.revision.number == shown.number:
        return None
    before, after = (named_revision(each, version.edition) for each in (shown, version.revision))
    return comparison_context(before, after, linked=False)


def _perform(request: UserRequest, filing: Filing, form: SignatureForm) -> None:
    typed = form.cleaned_data
    workflow.perform(
        Action.SIGN,
        filing,
        by=request.user,
        expected_lock=typed["lock"],
        reason=typed["reason"],
        statements=form.ticked,
    )


SIGNATURE = ActionGate(Action.SIGN, "filings/submission/sign.html", _form, _context, _perform)
