"""提交送签: one page sums up what is submitted and takes the missing explanations and a note to the head."""

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.views.decorators.cache import never_cache

from filings import drafts
from filings.choices import Action
from filings.drafts import SaveResult
from filings.errors import NotAnswered, NotExplained, NotReady, NotReasoned, StepRefused
from filings.forms.draft import identity
from filings.forms.explanations import ExplanationsForm
from filings.forms.submission import SubmissionForm
from filings.lifecycle import workflow
from filings.models import Filing
from filings.reviewing.remarks import unanswered_in_draft
from filings.views.access import UserRequest
from filings.views.submission import gate, recipients
from filings.views.submission.adjustment import AskedReasons, asked_reasons, save_posted
from filings.views.submission.explanations import asked_explanations
from filings.views.submission.gate import ActionGate, PageContext
from filings.views.table import annotated
from filings.views.visible_version import VisibleVersion


@never_cache
@login_required
def submit(request: UserRequest, filing_id: int) -> HttpResponse:
    return gate.answer(request, filing_id, SUBMISSION)


@never_cache
@login_required
def submit_reasons(request: UserRequest, filing_id: int) -> HttpResponse:
    """Save the reasons of an adjustment, and show the page again with what else was typed."""
    return gate.save(request, filing_id, SUBMISSION, _save_reasons, "已保存调整原因，尚未提交。")


def _form(filing: Filing, posted: QueryDict | None) -> SubmissionForm:
    return SubmissionForm(posted)


def _context(request: UserRequest, filing: Filing, version: VisibleVersion, form: SubmissionForm) -> PageContext:
    obstacle = _obstacle(request, filing)
    asked = asked_explanations(version.assessment.items, request.POST)
    reasons = _asked_reasons(request, filing, version)
    return {
        **_unresolved(filing, version),
        "obstacle": obstacle,
        "explanations": asked,
        "reasons": reasons,
        "is_posted": form.is_bound,
        "may_act": not obstacle,
        "is_typed": bool(form["note"].value())
        or any(each.is_unsaved for each in asked)
        or bool(reasons and reasons.is_unsaved),
        "next_steps": recipients.after_submission(filing, request.user),
        "client_id": uuid4().hex,
    }


def _asked_reasons(request: UserRequest, filing: Filing, version: VisibleVersion) -> AskedReasons | None:
    """Return the rows of an adjustment with their reasons; None if the filing adjusts no copy or is submitted."""
    if version.revision or version.adjustment is None:
        return None
    return asked_reasons(version.adjustment, filing.cycle.review_policy().publication, request.POST)


def _obstacle(request: UserRequest, filing: Filing) -> str:
    """Return why the table cannot be submitted, apart from what the page itself takes; '' if it can."""
    try:
        workflow.check(Action.SUBMIT, filing, by=request.user, expected_lock=filing.lock)
    except (NotExplained, NotReasoned):
        return ""
    except StepRefused as refusal:
        return refusal.reason
    return ""


def _unresolved(filing: Filing, version: VisibleVersion) -> PageContext:
    """List the findings that stop the submission, linked to their cells, and the remarks without change or answer."""
    stopping = [item for item in version.assessment.items if item.stops]
    return {
        "errors": annotated.linked_findings(annotated.grid_of(version), stopping),
        "unanswered": unanswered_in_draft(filing, version.document),
    }


def _perform(request: UserRequest, filing: Filing, form: SubmissionForm) -> None:
    """Save explanations and reasons, then submit; each of them that this very post has changed raises the version."""
    saved = _save_explanations(request, filing)
    if not saved.is_whole:
        raise StepRefused(_unsaved(saved))
    lock = form.cleaned_data["lock"] + bool(saved.at) + _save_reasons(request, filing)
    workflow.perform(Action.SUBMIT, filing, by=request.user, expected_lock=lock, note=form.cleaned_data["note"])


def _save_reasons(request: UserRequest, filing: Filing) -> bool:
    return save_posted(filing, request.POST, by=request.user)


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


SUBMISSION = ActionGate(
    Action.SUBMIT, "filings/submission/submit.html", _form, _context, _perform, listed=(NotReady, NotAnswered)
)
