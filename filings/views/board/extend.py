"""延期 from the board: a page with date and reason, and the saving."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from filings import permissions
from filings.errors import NotAllowed, StepRefused
from filings.forms.extension import ExtensionForm
from filings.models import Cycle
from filings.oversight import extend
from filings.oversight.enrolled import EnrolledDepartment
from filings.views.access import UserRequest, demand, overseen_cycle
from filings.views.board.page import board_page
from filings.views.board.selected import selected_rows


@login_required
def choose(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Show the selected departments with the fields of the extension. Nothing is stored."""
    cycle = _managed_cycle(request, cycle_id)
    if request.method != "POST":
        return redirect("board", cycle.pk)
    try:
        rows = selected_rows(request, cycle)
    except StepRefused as refusal:
        return board_page(request, cycle, refusal=refusal.reason)
    return _extension_page(request, cycle, rows, ExtensionForm())


@login_required
def save(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Store the extensions. A refusal shows the page again with date and reason as typed."""
    cycle = _managed_cycle(request, cycle_id)
    if request.method != "POST":
        return redirect("board", cycle.pk)
    form, ids = ExtensionForm(request.POST), request.POST.getlist("department")
    until, reason = form.until_or_none, request.POST.get("reason", "")
    try:
        count = extend.extend(cycle, ids, until, reason, by=request.user, now=timezone.now())
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.reason) from refusal
    except StepRefused as refusal:
        return _refused(request, cycle, form, refusal.reason)
    messages.success(request, f"已把 {count} 个单位的期限延至 {until}，记入办理经过。")
    return redirect("board", cycle.pk)


def _managed_cycle(request: UserRequest, cycle_id: int) -> Cycle:
    cycle = overseen_cycle(request, cycle_id)
    demand(permissions.may_manage(request.user))
    return cycle


def _refused(request: UserRequest, cycle: Cycle, form: ExtensionForm, reason: str) -> HttpResponse:
    try:
        rows = selected_rows(request, cycle)
    except StepRefused:
        rows = []
    return _extension_page(request, cycle, rows, form, refusal=reason)


def _extension_page(
    request: UserRequest, cycle: Cycle, rows: list[EnrolledDepartment], form: ExtensionForm, *, refusal: str = ""
) -> HttpResponse:
    context = {
        "cycle": cycle,
        "rows": [row for row in rows if extend.can_be_extended(row)],
        "left_out": [row for row in rows if not extend.can_be_extended(row)],
        "form": form,
        "refusal": refusal,
    }
    return render(
        request, "filings/board/extend.html", context, status=HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    )
