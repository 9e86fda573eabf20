"""提交送签: one page sums up what is submitted and takes the missing explanations and a note to the head."""

from http import HTTPStatus
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from filings import drafts, permissions, progress
from filings.actions.table import ACTIONS
from filings.choices import Action, Status
from filings.drafts import SaveResult
from filings.errors import AlreadyDone, NotAllowed, NotAnswered, NotExplained, NotReady, StepRefused
from filings.forms.draft import identity
from filings.forms.error_text import error_text
from filings.forms.explanations import ExplanationsForm
from filings.forms.submission import SubmissionForm
from filings.lifecycle import workflow
from filings.models import Filing
from filings.reviewing.remarks import unanswered
from filings.views.access import UserRequest, demand, filing_or_404
from filings.views.submission import meanwhile, recipients
from filings.views.submission.explanations import asked_explanations
from filings.views.submission.receipt import own_receipt
from filings.views.submission.summary import deadline_of, summary_of
from filings.views.table import annotated
from filings.views.visible_version import VisibleVersion, visible_version


@never_cache
@login_required
def submit(request: UserRequest, filing_id: int) -> HttpResponse:
    """Show what would be submitted (GET), or submit it (POST). A repeated submission shows its receipt."""
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may(request.user, Action.SUBMIT, filing))
    if request.method == "POST":
        return _submit(request, filing)
    if workflow.is_in_turn(Action.SUBMIT, filing):
        return submission_page(request, filing)
    return own_receipt(filing, request.user, Action.SUBMIT) or _out_of_turn(request, filing)


def _out_of_turn(request: UserRequest, filing: Filing) -> HttpResponse:
    messages.info(request, ACTIONS[Action.SUBMIT].out_of_turn)
    return redirect("read", filing.pk)


def submission_page(
    request: UserRequest, filing: Filing, *, form: SubmissionForm | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    """Render the page; after a refusal with the user's input in `form` and the filing in its present state."""
    seen = meanwhile.newest(filing)
    version = visible_version(request.user, filing)
    obstacle = _obstacle(request, filing)
    asked = asked_explanations(version.assessment.items, request.POST)
    context = {
        "filing": filing,
        "version": version,
        "progress": progress.load_one(filing),
        "summary": summary_of(version),
        **_unresolved(filing, version),
        "obstacle": obstacle,
        "explanations": asked,
        "is_typed": bool(form and form["note"].value()) or any(each.is_unsaved for each in asked),
        "is_in_turn": workflow.is_in_turn(Action.SUBMIT, filing),
        "may_submit": not obstacle,
        "next_steps": recipients.after_submission(filing, request.user),
        **deadline_of(filing),
        "form": form or SubmissionForm(),
        "seen": seen,
        "client_id": uuid4().hex,
        "refusal": refusal,
        "meanwhile": _meanwhile(request, filing, form) if form else [],
    }
    return render(request, "filings/submission/submit.html", context, status=status)


def _obstacle(request: UserRequest, filing: Filing) -> str:
    """Return why the table cannot be submitted, apart from explanations, which the page takes; '' if it can."""
    try:
        workflow.check(Action.SUBMIT, filing, by=request.user, expected_lock=filing.lock)
    except NotExplained:
        return ""
    except StepRefused as refusal:
        return refusal.reason
    return ""


def _unresolved(filing: Filing, version: VisibleVersion) -> dict[str, object]:
    """List the findings that stop the submission, linked to their cells, and the remarks without change or answer."""
    stopping = [item for item in version.assessment.items if item.stops]
    is_returned = filing.status == Status.RETURNED
    return {
        "errors": annotated.linked_findings(annotated.grid_of(version), stopping),
        "unanswered": unanswered(filing, version.document) if is_returned else [],
    }


def _meanwhile(request: UserRequest, filing: Filing, form: SubmissionForm) -> list[meanwhile.Happening]:
    typed = form.cleaned_data
    seen = meanwhile.SeenState(typed.get("event"), typed.get("edit"), typed.get("attachments"))
    return meanwhile.happenings(filing, request.user, seen, own_save=request.POST.get("client_id", ""))


def _submit(request: UserRequest, filing: Filing) -> HttpResponse:
    """Save the explanations, then submit; the expected version is one more if this very post has saved something."""
    form = SubmissionForm(request.POST)
    if not form.is_valid():
        return submission_page(request, filing, form=form, refusal=error_text(form), status=HTTPStatus.BAD_REQUEST)
    typed = form.cleaned_data
    try:
        saved = _save_explanations(request, filing)
        if not saved.is_whole:
            raise StepRefused(_unsaved(saved))
        lock = typed["lock"] + bool(saved.at)
        workflow.perform(Action.SUBMIT, filing, by=request.user, expected_lock=lock, note=typed["note"])
    except AlreadyDone:
        pass
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.reason) from refusal
    except StepRefused as refusal:
        present = filing_or_404(request.user, filing.pk)
        sentence = "" if isinstance(refusal, (NotReady, NotAnswered)) else refusal.reason
        return submission_page(request, present, form=form, refusal=sentence, status=HTTPStatus.CONFLICT)
    return own_receipt(filing, request.user, Action.SUBMIT) or redirect("read", filing.pk)


def _save_explanations(request: UserRequest, filing: Filing) -> SaveResult:
    """Save the explanations that were changed on the page. Raises StepRefused."""
    changes = list(ExplanationsForm(request.POST).changes())
    parts = [part for change in changes for part in (change.place, change.before, change.after)]
    client_id = identity(request.POST.get("client_id", ""), *parts)
    if changes and client_id is None:
        raise StepRefused("这一页不完整，请刷新后再办。")
    return drafts.save(filing, changes, by=request.user, client_id=client_id or "")


def _unsaved(saved: SaveResult) -> str:
    """Explain why an explanation was not saved: it is too long, or another user has changed it."""
    if saved.refusals:
        return saved.refusals[0].reason
    conflict = saved.conflicts[0]
    return (
        f"{conflict.by or '其他用户'}已将这项说明改为「{annotated.excerpt(conflict.stored or '')}」，请核对后再提交。"
    )
