"""Saving what was typed by the plain form, and on the way to the head of the unit. By the script: fill_changes.py."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from filings import drafts, permissions
from filings.choices import Action
from filings.drafts import Saved
from filings.drafts.remark_answers import answer
from filings.errors import (
    AlreadyDone,
    NotAllowed,
    NotReady,
    StepRefused,
)
from filings.forms.draft import DraftForms, identity
from filings.forms.remark_answers import AnswerFormSet, changed_answers
from filings.lifecycle import workflow
from filings.models import Filing
from filings.views.access import UserRequest, demand, filing_or_404
from filings.views.editor.expired_login import login_required_for_typing
from filings.views.editor.page import fill_page
from filings.views.table.labels import cell_labels

REFUSED = 409
_COUNTER = re.compile(r"[0-9]{1,18}")


@require_POST
@login_required_for_typing
def save(request: UserRequest, filing_id: int) -> HttpResponse:
    """What the form posts, with or without scripts."""
    filing = own_filing(request, filing_id)
    forms = DraftForms.posted(filing.cycle.edition.definition(), request.POST)
    try:
        saved = save_posted(request, filing, forms)
    except StepRefused as refusal:
        return unsaved_page(request, filing, forms, refusal)
    if not saved.is_whole:
        return fill_page(request, filing, saved=saved, status=REFUSED)
    messages.success(request, "已保存。")
    return redirect("fill", filing.pk)


@require_POST
@login_required_for_typing
def submit(request: UserRequest, filing_id: int) -> HttpResponse:
    """Save what was typed, and hand the table to the head of the unit if nothing stops it.

    The counter expected is the one that the page showed, one higher when this very page has just saved.
    """
    filing = own_filing(request, filing_id)
    forms = DraftForms.posted(filing.cycle.edition.definition(), request.POST)
    try:
        saved = save_posted(request, filing, forms)
    except StepRefused as refusal:
        return unsaved_page(request, filing, forms, refusal)
    if not saved.is_whole:
        return fill_page(request, filing, saved=saved, stopped=(), status=REFUSED)
    if not forms.budget.is_valid():
        return fill_page(
            request, filing, stopped=[str(words) for words in forms.budget.non_field_errors()], status=REFUSED
        )
    return _hand_on(request, filing, _seen_lock(request) + bool(saved.at))


def _hand_on(request: UserRequest, filing: Filing, expected_lock: int) -> HttpResponse:
    try:
        workflow.perform(Action.SUBMIT, filing, by=request.user, expected_lock=expected_lock)
    except NotReady:
        return fill_page(request, filing, stopped=(), status=REFUSED)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.reason) from refusal
    except AlreadyDone as done:
        messages.info(request, done.reason)
    except StepRefused as refusal:
        return fill_page(request, filing, refusal=refusal.reason, status=REFUSED)
    else:
        messages.success(request, "已提交，等单位负责人审签。")
    return redirect("read", filing.pk)


def own_filing(request: UserRequest, filing_id: int) -> Filing:
    """The filing of a person who fills in for its department, whatever its status: drafts.save looks at that."""
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may(request.user, Action.SUBMIT, filing))
    return filing


def save_posted(request: UserRequest, filing: Filing, forms: DraftForms) -> Saved:
    """Save a posted form, answers to remarks included. Raises StepRefused."""
    if request.POST.get("person", str(request.user.pk)) != str(request.user.pk):
        names = {"name": request.user.name}
        raise StepRefused("现在登录的是{name}，这一页是别人打开的，没有保存。".format(**names))
    typed = forms.changes()
    said = [part for change in typed for part in (change.place, change.before, change.after)]
    client_id = identity(request.POST.get("client_id", ""), *said)
    if client_id is None:
        raise StepRefused("这一页不完整，请刷新后再填。")
    answer(filing, changed_answers(AnswerFormSet(request.POST, prefix="answers")), by=request.user)
    return drafts.save(filing, typed, by=request.user, client_id=client_id, since=seen_number(request, "since"))


def unsaved_page(request: UserRequest, filing: Filing, forms: DraftForms, refusal: StepRefused) -> HttpResponse:
    """Nothing was stored: everything that was typed, to be copied."""
    labels = {str(place): label for place, label in cell_labels(drafts.load(filing)).items()}
    typed = [(labels.get(change.place, ""), change.after) for change in forms.changes()]
    typed += [("答复", text) for text in changed_answers(AnswerFormSet(request.POST, prefix="answers")).values()]
    context = {"filing": filing, "refusal": refusal.reason, "typed": typed}
    return render(request, "filings/editor/unsaved.html", context, status=REFUSED)


def seen_number(request: UserRequest, name: str) -> int | None:
    """A number that the page showed and sends back, None when it is none."""
    text = request.POST.get(name, "")
    return int(text) if _COUNTER.fullmatch(text) else None


def _seen_lock(request: UserRequest) -> int:
    lock = seen_number(request, "lock")
    return -1 if lock is None else lock
