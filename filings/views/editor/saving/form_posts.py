"""Posts of the plain form, which works without scripts: save, check the whole table, go on to the submission."""

import re
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from filings import drafts
from filings.choices import Action
from filings.drafts import SaveResult
from filings.drafts.remark_answers import save_with_answers
from filings.errors import AlreadyDone, NotAllowed, NotAnswered, NotExplained, NotReady, NotReasoned, StepRefused
from filings.forms.draft import DraftForms, identity
from filings.forms.remark_answers import AnswerFormSet, changed_answers, changed_choices, seen_answers
from filings.lifecycle import workflow
from filings.models import Filing
from filings.views.access import UserRequest
from filings.views.editor.access import own_filing
from filings.views.editor.page import fill_page
from filings.views.table.labels import cell_labels

_NUMBER = re.compile(r"[0-9]{1,18}")


@require_POST
@login_required
def save(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = own_filing(request, filing_id)
    forms = DraftForms.posted(filing.cycle.edition.definition(), request.POST)
    try:
        saved = save_posted(request, filing, forms)
    except StepRefused as refusal:
        return unsaved_page(request, filing, forms, refusal)
    if not saved.is_whole:
        is_checked = bool(request.POST.get("checked"))
        return fill_page(request, filing, saved=saved, is_complete_check=is_checked, status=HTTPStatus.CONFLICT)
    messages.success(request, "已保存。")
    return redirect_to_page(request, filing)


@require_POST
@login_required
def check(request: UserRequest, filing_id: int) -> HttpResponse:
    """Save, then report all findings of a submission, those of blank sections included (核对全表)."""
    filing = own_filing(request, filing_id)
    forms = DraftForms.posted(filing.cycle.edition.definition(), request.POST)
    try:
        saved = save_posted(request, filing, forms)
    except StepRefused as refusal:
        return unsaved_page(request, filing, forms, refusal)
    return fill_page(
        request,
        filing,
        saved=saved,
        is_complete_check=True,
        status=HTTPStatus.OK if saved.is_whole else HTTPStatus.CONFLICT,
    )


@require_POST
@login_required
def submit(request: UserRequest, filing_id: int) -> HttpResponse:
    """Save, then lead to the page of the submission unless errors or unanswered remarks prevent it.

    The expected version is the one that the page displayed, plus one if this very post has saved something.
    """
    filing = own_filing(request, filing_id)
    forms = DraftForms.posted(filing.cycle.edition.definition(), request.POST)
    try:
        saved = save_posted(request, filing, forms)
    except StepRefused as refusal:
        return unsaved_page(request, filing, forms, refusal)
    if not saved.is_whole:
        return fill_page(request, filing, saved=saved, stopped=(), status=HTTPStatus.CONFLICT)
    if not forms.budget.is_valid():
        errors = [str(error) for error in forms.budget.non_field_errors()]
        return fill_page(request, filing, stopped=errors, status=HTTPStatus.CONFLICT)
    return _to_submission(request, filing, _posted_lock(request) + bool(saved.at))


def _to_submission(request: UserRequest, filing: Filing, expected_lock: int) -> HttpResponse:
    """Redirect to the page of the submission, which also takes missing explanations and reasons and shows a receipt."""
    try:
        workflow.check(Action.SUBMIT, filing, by=request.user, expected_lock=expected_lock)
    except (NotReady, NotAnswered):
        return fill_page(request, filing, stopped=(), status=HTTPStatus.CONFLICT)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.reason) from refusal
    except (AlreadyDone, NotExplained, NotReasoned):
        pass
    except StepRefused as refusal:
        return fill_page(request, filing, refusal=refusal.reason, status=HTTPStatus.CONFLICT)
    return redirect("submit", filing.pk)


def save_posted(request: UserRequest, filing: Filing, forms: DraftForms) -> SaveResult:
    """Save a posted form with its answers to remarks. Raises StepRefused."""
    if request.POST.get("person", str(request.user.pk)) != str(request.user.pk):
        raise StepRefused(f"现在登录的是{request.user.name}，本页由其他用户打开，未保存。")
    typed = forms.changes()
    parts = [part for change in typed for part in (change.place, change.before, change.after)]
    client_id = identity(request.POST.get("client_id", ""), *parts)
    if client_id is None:
        raise StepRefused("这一页不完整，请刷新后再填。")
    answers = AnswerFormSet(request.POST, prefix="answers")
    return save_with_answers(
        filing,
        typed,
        changed_answers(answers),
        changed_choices(answers),
        seen=seen_answers(answers),
        by=request.user,
        client_id=client_id,
        since=_posted_number(request, "since"),
    )


def redirect_to_page(request: UserRequest, filing: Filing) -> HttpResponse:
    """Return to the page, which goes on reporting what prevents a submission if it did before."""
    query = "?checked=1" if request.POST.get("checked") else ""
    return redirect(reverse("fill", args=[filing.pk]) + query)


def unsaved_page(request: UserRequest, filing: Filing, forms: DraftForms, refusal: StepRefused) -> HttpResponse:
    """Show all posted texts, none of which was stored, to be copied."""
    labels = {str(place): label for place, label in cell_labels(drafts.load(filing)).items()}
    typed = [(labels.get(change.place, ""), change.after) for change in forms.changes()]
    typed += [("答复", text) for text in changed_answers(AnswerFormSet(request.POST, prefix="answers")).values()]
    context = {"filing": filing, "refusal": refusal.reason, "typed": typed}
    return render(request, "filings/editor/unsaved.html", context, status=HTTPStatus.CONFLICT)


def _posted_number(request: UserRequest, name: str) -> int | None:
    text = request.POST.get(name, "")
    return int(text) if _NUMBER.fullmatch(text) else None


def _posted_lock(request: UserRequest) -> int:
    """The version that the page displayed; -1, which no filing has, if it is missing or malformed."""
    lock = _posted_number(request, "lock")
    return -1 if lock is None else lock
