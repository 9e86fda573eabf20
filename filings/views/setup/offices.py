"""股室: the bureau's offices with what they review, which managers add and rename, and to which they assign."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from filings import labels, permissions
from filings.choices import OfficeKind, Role
from filings.cycles import offices as storing
from filings.errors import StepRefused
from filings.models import Office
from filings.models.keys import parse_key
from filings.views.access import UserRequest, demand
from filings.views.setup.searched import DepartmentSearch


@login_required
def offices(request: UserRequest) -> HttpResponse:
    """List the offices with the numbers of their departments and reviewers."""
    demand(permissions.may_manage(request.user))
    return _list(request)


@require_POST
@login_required
def create_office(request: UserRequest) -> HttpResponse:
    """Add an office."""
    demand(permissions.may_manage(request.user))
    try:
        office = storing.create(request.POST.get("name", ""), request.POST.get("kind", ""), by=request.user)
    except StepRefused as refusal:
        return _list(request, refusal=refusal.reason)
    messages.success(request, f"已新增股室「{office}」。")
    return redirect("office", office.pk)


@login_required
def office_page(request: UserRequest, office_id: int) -> HttpResponse:
    """Show an office, and for a section the departments that it reviews and could review."""
    demand(permissions.may_manage(request.user))
    return _page(request, get_object_or_404(Office, pk=office_id))


@require_POST
@login_required
def rename_office(request: UserRequest, office_id: int) -> HttpResponse:
    """Rename an office."""
    demand(permissions.may_manage(request.user))
    office, name = get_object_or_404(Office, pk=office_id), request.POST.get("name", "")
    try:
        storing.rename(office, name, seen=request.POST.get("seen", ""), by=request.user)
    except StepRefused as refusal:
        return _page(request, office, refusal=refusal.reason, name=name)
    messages.success(request, "股室的名称已保存；以前的审核意见和办理经过仍用当时的名称。")
    return redirect("office", office.pk)


@require_POST
@login_required
def assign_departments(request: UserRequest, office_id: int) -> HttpResponse:
    """Let the section review the ticked departments."""
    demand(permissions.may_manage(request.user))
    office = get_object_or_404(Office, pk=office_id)
    try:
        moved, claimed = storing.assign(office, _ticked(request), by=request.user)
    except StepRefused as refusal:
        return _page(request, office, refusal=refusal.reason)
    messages.success(request, f"{moved} 个单位已改归「{office}」，它们在审的申报表随之由本股室审核。")
    if claimed:
        messages.warning(request, f"其中 {claimed} 份申报表已由其他股室的人认领，请在「审核」里分配给本股室的人。")
    return redirect("office", office.pk)


def _ticked(request: UserRequest) -> dict[int, int | None]:
    """Read the ticked departments with the section that the page displayed; each was posted as `key:section`."""
    pairs = (value.partition(":") for value in request.POST.getlist("departments"))
    return {key: parse_key(section) for department, _, section in pairs if (key := parse_key(department))}


def _list(request: UserRequest, *, refusal: str = "") -> HttpResponse:
    active = Q(memberships__user__is_active=True, memberships__role=Role.REVIEWER)
    listed = Office.objects.order_by("pk").annotate(
        department_count=Count("departments", distinct=True), reviewer_count=Count("memberships", active, distinct=True)
    )
    context = {
        "offices": [(office, labels.OFFICE_KIND[office.kind]) for office in listed],
        "kinds": labels.OFFICE_KIND.items(),
        "typed": request.POST,
        "refusal": refusal,
    }
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "filings/setup/offices.html", context, status=status)


def _page(request: UserRequest, office: Office, *, refusal: str = "", name: str | None = None) -> HttpResponse:
    search = DepartmentSearch.parse(request.GET.dict())
    others = search.departments().exclude(section=office).select_related("section")
    context = {
        "office": office,
        "kind": labels.OFFICE_KIND[office.kind],
        "is_section": office.kind == OfficeKind.SECTION,
        "name": office.name if name is None else name,
        "own": office.departments.order_by("code"),
        "search": search,
        "query": search.query,
        "page": search.page_of(others),
        "ticked": _ticked(request),
        "refusal": refusal,
    }
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "filings/setup/office.html", context, status=status)
