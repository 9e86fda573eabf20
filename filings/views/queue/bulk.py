"""批量通过, 批量退回: first a page that lists what would be done and what is left out, then the decisions."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from filings import permissions
from filings.errors import StepRefused
from filings.forms.bulk import BulkReturnForm
from filings.lifecycle import approvals, bulk, consultations, transitions
from filings.lifecycle.bulk import BulkPlan
from filings.models import User
from filings.policy.policy import ReviewPolicy, seed
from filings.reviewing.selection import Selected
from filings.views.access import UserRequest
from filings.views.queue.selected import left_out, with_choice, with_selection

Selection = tuple[Selected, ...]


@with_choice
def confirm_pass(request: UserRequest, selection: Selection) -> HttpResponse:
    """List what can be passed, with the sum of the totals, and what is left out."""
    _require_reviewer(request.user)
    plan = bulk.plan_pass(request.user, selection)
    context = {
        **_context(plan),
        "approving": [row for row in plan.ready if transitions.is_last_stage(row.filing)],
        "unanswered": consultations.unanswered(row.filing for row in plan.ready),
    }
    return render(request, "filings/queue/bulk_pass.html", context)


@with_selection
def pass_(request: UserRequest, selection: Selection) -> HttpResponse:
    _require_reviewer(request.user)
    result = bulk.pass_selected(request.user, selection, left_out(request))
    queued = [filing for filing in result.done if transitions.is_last_stage(filing)]
    seconds = min((filing.cycle.review_policy().undo_seconds for filing in queued), default=0)
    context = {"title": "批量通过", "verb": "已通过", "result": result, "queued": queued, "undo_seconds": seconds}
    return render(request, "filings/queue/bulk_result.html", context)


@with_selection
def undo_pass(request: UserRequest, selection: Selection) -> HttpResponse:
    """Cancel those approvals of a bulk pass that still wait for their seal."""
    _require_reviewer(request.user)
    cancelled = approvals.cancel_all([chosen.filing_id for chosen in selection], by=request.user)
    sealed = len(selection) - cancelled
    if cancelled:
        messages.success(request, f"已撤销 {cancelled} 份批复，未盖章，表仍在待审。")
    if sealed:
        messages.info(request, f"有 {sealed} 份已经盖章或已撤销，未再撤销；需要收回已盖章的，请管理员撤回批复。")
    return redirect("queue")


@with_choice
def confirm_return(request: UserRequest, selection: Selection) -> HttpResponse:
    """Ask for the reason, and list what can be returned and what is left out."""
    _require_reviewer(request.user)
    plan = bulk.plan_return(request.user, selection)
    return _return_page(request, plan, BulkReturnForm(policy=_policy(plan)))


@with_selection
def return_(request: UserRequest, selection: Selection) -> HttpResponse:
    _require_reviewer(request.user)
    plan = bulk.plan_return(request.user, selection)
    form = BulkReturnForm(request.POST, policy=_policy(plan))
    if not form.is_valid():
        return _return_page(request, plan, form, status=HTTPStatus.BAD_REQUEST)
    remark = bulk.remark_on_all(form.cleaned_data["words"], form.cleaned_data["code"])
    result = bulk.return_selected(request.user, selection, remark, left_out(request))
    return render(request, "filings/queue/bulk_result.html", {"title": "批量退回", "verb": "已退回", "result": result})


def _return_page(
    request: UserRequest, plan: BulkPlan, form: BulkReturnForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    return render(request, "filings/queue/bulk_return.html", {**_context(plan), "form": form}, status=status)


def _context(plan: BulkPlan) -> dict[str, object]:
    return {"plan": plan}


def _policy(plan: BulkPlan) -> ReviewPolicy:
    """Return the policy of the cycle of all ready filings. Raises StepRefused if there are several cycles."""
    cycles = {row.filing.cycle for row in plan.ready}
    if len(cycles) > 1:
        raise StepRefused("选中的申报表分属几个批次，退回的原因按批次规定。请按批次分别办理。")
    return next(iter(cycles)).review_policy() if cycles else ReviewPolicy.from_json(seed())


def _require_reviewer(user: User) -> None:
    if not permissions.reviews(user):
        raise PermissionDenied("批量办理由审核人使用。")
