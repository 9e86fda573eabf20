"""The steps, one POST address each. A refused step changes nothing and gives back the page with what was typed."""

from collections.abc import Mapping
from functools import partial
from typing import Protocol

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from filings import permissions
from filings.choices import Action, Grade, Status
from filings.errors import (
    AlreadyDone,
    NotAllowed,
    NotReady,
    StepRefused,
)
from filings.formats.file import CannotPrint
from filings.forms.actions import (
    AdjustForm,
    ReviewForm,
    SigningForm,
    StepForm,
)
from filings.labels import Label
from filings.lifecycle import workflow
from filings.models import Cycle, Department, Filing, User
from filings.views.access import UserRequest, demand, filing_or_404
from filings.views.filing.detail import read_page
from filings.views.filing.review import review_page
from filings.views.filing.sign import signing_page

REFUSED = 409
UNREADABLE = 400
DONE: Mapping[Action, Label] = {
    Action.SUBMIT: "已提交，等单位负责人审签。",
    Action.SIGN: "已审签同意，送出审核。",
    Action.SEND_BACK: "已退回填报人。",
    Action.WITHDRAW: "已撤回，可以继续修改。",
    Action.RETURN: "已退回，填报单位会看到您的意见。",
    Action.APPROVE_STAGE: "已审核通过。",
    Action.ADJUST: "已开始调整。新表批复之前，原定稿仍然有效。",
}
APPROVED: Label = "已审核通过。批复的定稿已盖章存档，可以下载。"


class Page(Protocol):
    """The page that a step was taken from, shown once more with the refusal's sentence and what was typed."""

    def __call__(self, filing: Filing, *, refusal: str, status: int) -> HttpResponse: ...


@require_POST
@login_required
def start(request: UserRequest, cycle_id: int, department_id: int) -> HttpResponse:
    cycle = get_object_or_404(Cycle, pk=cycle_id)
    department = get_object_or_404(Department.objects.distinct(), pk=department_id, memberships__user=request.user)
    try:
        filing = workflow.start(cycle, department, by=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.reason) from refusal
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
        return redirect("todo")
    return redirect("fill", filing.pk)


@require_POST
@login_required
def submit(request: UserRequest, filing_id: int) -> HttpResponse:
    """What stops a submission is shown where it can be mended."""
    try:
        return _step(request, filing_id, Action.SUBMIT, StepForm(request.POST), partial(read_page, request))
    except NotReady as refusal:
        messages.error(request, refusal.reason)
        return redirect("fill", filing_id)


@require_POST
@login_required
def withdraw(request: UserRequest, filing_id: int) -> HttpResponse:
    return _step(request, filing_id, Action.WITHDRAW, StepForm(request.POST), partial(read_page, request))


@require_POST
@login_required
def adjust(request: UserRequest, filing_id: int) -> HttpResponse:
    form = AdjustForm(request.POST)
    return _step(request, filing_id, Action.ADJUST, form, partial(read_page, request, form=form))


@require_POST
@login_required
def sign(request: UserRequest, filing_id: int) -> HttpResponse:
    form = SigningForm(request.POST)
    return _step(request, filing_id, Action.SIGN, form, partial(signing_page, request, form=form))


@require_POST
@login_required
def send_back(request: UserRequest, filing_id: int) -> HttpResponse:
    form = SigningForm(request.POST)
    return _step(request, filing_id, Action.SEND_BACK, form, partial(signing_page, request, form=form))


@require_POST
@login_required
def return_(request: UserRequest, filing_id: int) -> HttpResponse:
    return _decide(request, filing_id, Action.RETURN)


@require_POST
@login_required
def pass_(request: UserRequest, filing_id: int) -> HttpResponse:
    return _decide(request, filing_id, Action.APPROVE_STAGE)


def _decide(request: UserRequest, filing_id: int, action: Action) -> HttpResponse:
    """A decision. When the filing was withdrawn meanwhile, the remarks are all that can still be shown."""
    form = ReviewForm(request.POST)
    try:
        return _step(request, filing_id, action, form, partial(review_page, request, form=form))
    except Http404:
        context = {"typed": form.remarks(), "reason": form["reason"].value()}
        return render(request, "filings/filing/gone.html", context, status=404)


def _step(request: UserRequest, filing_id: int, action: Action, form: StepForm, page: Page) -> HttpResponse:
    filing = filing_or_404(request.user, filing_id)
    if not form.is_valid():
        demand(permissions.may(request.user, action, filing))
        sentences = [str(error) for errors in form.errors.values() for error in errors]
        return page(filing, refusal=" ".join(sentences), status=UNREADABLE)
    try:
        filing = _perform(action, filing, request.user, form)
    except AlreadyDone as done:
        messages.info(request, done.reason)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.reason) from refusal
    except NotReady:
        raise
    except (StepRefused, CannotPrint) as refusal:
        return page(filing_or_404(request.user, filing_id), refusal=str(refusal), status=REFUSED)
    else:
        messages.success(request, str(APPROVED if filing.status == Status.APPROVED else DONE[action]))
    return redirect("read", filing_id)


def _perform(action: Action, filing: Filing, by: User, form: StepForm) -> Filing:
    typed = form.cleaned_data
    return workflow.perform(
        action,
        filing,
        by=by,
        expected_lock=typed["lock"],
        reason=typed.get("reason", ""),
        remarks=form.remarks() if isinstance(form, ReviewForm) else (),
        grade=Grade(typed["grade"]) if typed.get("grade") else None,
        from_first_stage=typed.get("from_first_stage") == ReviewForm.FROM_FIRST,
    )
