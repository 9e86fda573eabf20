"""What the pages before a submission and before a signature share: they sum up and ask, then a receipt follows.

A refused post changes nothing and shows the page again with the user's input and with what others have done meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from filings import permissions, progress
from filings.actions.table import ACTIONS
from filings.choices import Action
from filings.errors import AlreadyDone, NotAllowed, StepRefused
from filings.forms.error_text import error_text
from filings.forms.submission import SeenForm
from filings.lifecycle import workflow
from filings.models import Filing, Remark
from filings.reviewing.remarks import asked, changed_rows
from filings.views.access import UserRequest, demand, filing_or_404
from filings.views.submission import concurrent_changes
from filings.views.submission.concurrent_changes import ConcurrentChange, SeenState
from filings.views.submission.receipt import own_receipt
from filings.views.submission.summary import deadline_of, summary_of
from filings.views.visible_version import VisibleVersion, visible_version

PageForm = TypeVar("PageForm", bound=SeenForm)
PageContext = dict[str, Any]


@dataclass(frozen=True)
class ActionGate(Generic[PageForm]):
    """An action with its page.

    `form` builds the form, bound if there is a post. `context` adds to the context of the page, which has `is_posted`
    after a refusal, and `may_act` and `is_typed`. `perform` acts on a valid form and raises StepRefused.
    `listed` are refusals whose reasons the page lists itself.
    """

    action: Action
    template: str
    form: Callable[[Filing, QueryDict | None], PageForm]
    context: Callable[[UserRequest, Filing, VisibleVersion, PageForm], PageContext]
    perform: Callable[[UserRequest, Filing, PageForm], object]
    listed: tuple[type[StepRefused], ...] = ()


def answer(request: UserRequest, filing_id: int, gate: ActionGate[PageForm]) -> HttpResponse:
    """Show the page (GET), or act (POST). A repeated post and a later visit lead to the user's receipt."""
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may(request.user, gate.action, filing))
    if request.method == "POST":
        return _act(request, filing, gate)
    if workflow.is_in_turn(gate.action, filing):
        return _page(request, filing, gate, gate.form(filing, None))
    if receipt := own_receipt(filing, request.user, gate.action):
        return receipt
    messages.info(request, ACTIONS[gate.action].out_of_turn)
    return redirect("read", filing.pk)


def save(
    request: UserRequest,
    filing_id: int,
    gate: ActionGate[PageForm],
    store: Callable[[UserRequest, Filing], object],
    done: str,
) -> HttpResponse:
    """Store a part of what is typed on the page (POST), and show the page with the rest, confirmed by `done`."""
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may(request.user, gate.action, filing))
    if request.method != "POST" or not workflow.is_in_turn(gate.action, filing):
        return redirect(gate.action, filing.pk)
    form = gate.form(filing, request.POST)
    form.is_valid()
    try:
        store(request, filing)
    except StepRefused as refusal:
        present = filing_or_404(request.user, filing.pk)
        return _page(request, present, gate, form, refusal=refusal.reason, status=HTTPStatus.CONFLICT)
    messages.success(request, done)
    return _page(request, filing_or_404(request.user, filing.pk), gate, form)


def _act(request: UserRequest, filing: Filing, gate: ActionGate[PageForm]) -> HttpResponse:
    form = gate.form(filing, request.POST)
    if not form.is_valid():
        return _page(request, filing, gate, form, refusal=error_text(form), status=HTTPStatus.BAD_REQUEST)
    try:
        gate.perform(request, filing, form)
    except AlreadyDone:
        pass
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.reason) from refusal
    except StepRefused as refusal:
        present = filing_or_404(request.user, filing.pk)
        sentence = "" if isinstance(refusal, gate.listed) else refusal.reason
        return _page(request, present, gate, form, refusal=sentence, status=HTTPStatus.CONFLICT)
    return own_receipt(filing, request.user, gate.action) or redirect("read", filing.pk)


def _page(
    request: UserRequest,
    filing: Filing,
    gate: ActionGate[PageForm],
    form: PageForm,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the page; after a refusal with the user's input in `form` and the filing in its present state."""
    seen = concurrent_changes.newest(filing)
    version = visible_version(request.user, filing)
    context = {
        "action": gate.action,
        "filing": filing,
        "version": version,
        "progress": progress.load_one(filing),
        "summary": summary_of(version),
        "answers": _answers(filing, version),
        "is_in_turn": workflow.is_in_turn(gate.action, filing),
        **deadline_of(filing),
        "form": form,
        "seen": seen,
        "refusal": refusal,
        "concurrent_changes": _concurrent_changes(request, filing, form) if form.is_bound else [],
        **gate.context(request, filing, version, form),
    }
    return render(request, gate.template, context, status=status)


def _answers(filing: Filing, version: VisibleVersion) -> list[tuple[Remark, bool]]:
    """Pair the remarks dealt with since the return with whether their rows have changed; the others have an answer."""
    if not filing.resume_stage:
        return []
    remarks = changed_rows(filing, asked(filing), version.document)
    return [(remark, is_changed) for remark, is_changed in remarks if is_changed or remark.answer.strip()]


def _concurrent_changes(request: UserRequest, filing: Filing, form: SeenForm) -> list[ConcurrentChange]:
    typed = form.cleaned_data
    seen = SeenState(typed.get("event"), typed.get("edit"), typed.get("attachments"))
    own_save = request.POST.get("client_id", "")
    return concurrent_changes.changes_since(filing, request.user, seen, own_save=own_save)
