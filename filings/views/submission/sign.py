"""审签: one page sums up what is signed, and the head ticks the statements of the cycle."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from filings import permissions, progress
from filings.actions.table import ACTIONS
from filings.choices import Action
from filings.errors import AlreadyDone, NotAllowed, StepRefused
from filings.forms.error_text import error_text
from filings.forms.submission import SignatureForm
from filings.lifecycle import workflow
from filings.models import Filing
from filings.views.access import UserRequest, demand, filing_or_404
from filings.views.submission import meanwhile, recipients
from filings.views.submission.notes import note_to_head
from filings.views.submission.receipt import own_receipt
from filings.views.submission.summary import deadline_of, summary_of
from filings.views.table import annotated
from filings.views.table.compared import comparison_context, named_revision
from filings.views.visible_version import VisibleVersion, visible_version


@never_cache
@login_required
def sign(request: UserRequest, filing_id: int) -> HttpResponse:
    """Show what would be signed (GET), or sign it (POST). A repeated signature shows its receipt."""
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may(request.user, Action.SIGN, filing))
    if request.method == "POST":
        return _sign(request, filing)
    if workflow.is_in_turn(Action.SIGN, filing):
        return signature_page(request, filing)
    if answer := own_receipt(filing, request.user, Action.SIGN):
        return answer
    messages.info(request, ACTIONS[Action.SIGN].out_of_turn)
    return redirect("read", filing.pk)


def signature_page(
    request: UserRequest, filing: Filing, *, form: SignatureForm | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    """Render the page; after a refusal with the user's input in `form` and the filing in its present state."""
    seen = meanwhile.newest(filing)
    version = visible_version(request.user, filing)
    statements = filing.cycle.review_policy().statements
    is_in_turn = workflow.is_in_turn(Action.SIGN, filing)
    context = {
        "filing": filing,
        "version": version,
        "progress": progress.load_one(filing),
        "summary": summary_of(version),
        "note": note_to_head(filing),
        "findings": annotated.linked_findings(annotated.grid_of(version), version.assessment.items),
        "verdict": version.assessment.counts_summary,
        "blocking": version.assessment.blocking,
        "statements": statements,
        "is_in_turn": is_in_turn,
        "may_sign": is_in_turn and not version.assessment.blocking,
        "next_steps": recipients.after_signing(filing),
        **deadline_of(filing),
        "form": form or SignatureForm(statements=statements),
        "ticked": form.ticked_for(version.revision) if form else (),
        "is_typed": bool(form and form["reason"].value()),
        "seen": seen,
        "refusal": refusal,
        **(_meanwhile(request, filing, version, form) if form else {}),
    }
    return render(request, "filings/submission/sign.html", context, status=status)


def _meanwhile(request: UserRequest, filing: Filing, version: VisibleVersion, form: SignatureForm) -> dict[str, object]:
    """Return what was done since the page was opened, and the changes since the version that it showed."""
    typed = form.cleaned_data
    seen = meanwhile.SeenState(typed.get("event"), typed.get("edit"), typed.get("attachments"))
    number = form.cleaned_data.get("revision")
    shown = next((each for each in version.revisions if each.number == number), None)
    changed = None
    if shown and version.revision and version.revision.number != shown.number:
        before, after = (named_revision(each, version.edition) for each in (shown, version.revision))
        changed = comparison_context(before, after, linked=False)
    return {"meanwhile": meanwhile.happenings(filing, request.user, seen), "changed_meanwhile": changed}


def _sign(request: UserRequest, filing: Filing) -> HttpResponse:
    form = SignatureForm(request.POST, statements=filing.cycle.review_policy().statements)
    if not form.is_valid():
        return signature_page(request, filing, form=form, refusal=error_text(form), status=HTTPStatus.BAD_REQUEST)
    typed = form.cleaned_data
    try:
        workflow.perform(
            Action.SIGN,
            filing,
            by=request.user,
            expected_lock=typed["lock"],
            reason=typed["reason"],
            statements=form.ticked,
        )
    except AlreadyDone:
        pass
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.reason) from refusal
    except StepRefused as refusal:
        present = filing_or_404(request.user, filing.pk)
        return signature_page(request, present, form=form, refusal=refusal.reason, status=HTTPStatus.CONFLICT)
    return own_receipt(filing, request.user, Action.SIGN) or redirect("read", filing.pk)
