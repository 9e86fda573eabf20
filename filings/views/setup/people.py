"""Users and roles of a cycle: the list by department, and the import of a workbook with its preview."""

import base64
from collections.abc import Sequence
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from filings import labels, permissions
from filings.cycles import signed_preview
from filings.cycles.list_file import CONTENT_TYPE, write_list
from filings.cycles.outcome import OutcomeKind, count_kinds
from filings.cycles.people import rows as people_rows
from filings.cycles.people import staffing, store
from filings.cycles.people.comparison import StaffOutcome, compare
from filings.cycles.people.first_passwords import FirstPassword
from filings.cycles.people.rows import read_people
from filings.cycles.starting import SetupStep
from filings.errors import StepRefused
from filings.formats.list_workbook import InvalidWorkbook
from filings.forms.list_workbook import WorkbookForm
from filings.forms.setup.files import AdoptPeopleForm
from filings.models import Cycle, Membership
from filings.views.access import UserRequest, cycle_or_404, demand
from filings.views.setup.list_pages import KIND_LABELS, list_file
from filings.views.setup.roles import by_place
from filings.views.setup.searched import DepartmentSearch
from filings.views.setup.steps import page_context

PURPOSE = "people"
PASSWORD_HEADS = ("单位或股室", "姓名", "用户名", "首次密码")
MOST_GAPS = 20
_NOT_READY = "未导入：请先勾选「我知道首次密码表只显示一次」，再点导入。"


@login_required
def people(request: UserRequest, cycle_id: int) -> HttpResponse:
    """List the users of the cycle's departments and of the bureau, with what is missing."""
    demand(permissions.may_manage(request.user))
    return _page(request, cycle_or_404(cycle_id), WorkbookForm())


@login_required
def people_file(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Download the stored users and roles as a workbook that can be edited and imported."""
    demand(permissions.may_manage(request.user))
    cycle_or_404(cycle_id)
    active = Membership.objects.filter(user__is_active=True, user__is_superuser=False)
    lines = [
        (
            item.user.username,
            item.user.name,
            item.department.code if item.department else item.place_name,
            labels.ROLE[item.role],
            item.user.telephone,
            item.user.email,
        )
        for item in active.select_related("user", "department", "office").order_by("user__username", "pk")
    ]
    return list_file("人员", [column.label for column in people_rows.COLUMNS], lines)


@require_POST
@login_required
def preview_people(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Show what an import would change. Nothing is stored."""
    demand(permissions.may_manage(request.user))
    cycle = cycle_or_404(cycle_id)
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, cycle, form, status=HTTPStatus.BAD_REQUEST)
    try:
        outcomes = compare(read_people(form.sheets()))
        data = store.previewed(outcomes)
    except InvalidWorkbook as refusal:
        form.add_error("file", str(refusal))
        return _page(request, cycle, form, status=HTTPStatus.BAD_REQUEST)
    signed = signed_preview.sign(data, PURPOSE, cycle, request.user)
    return _preview(request, cycle, outcomes, AdoptPeopleForm(initial={"preview": signed}), form)


@never_cache
@require_POST
@login_required
def adopt_people(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Store the previewed users, and show the first passwords of the new ones, once."""
    demand(permissions.may_manage(request.user))
    cycle = cycle_or_404(cycle_id)
    form = AdoptPeopleForm(request.POST)
    try:
        if not form.is_valid():
            raise StepRefused(signed_preview.INCOMPLETE if "preview" in form.errors else _NOT_READY)
        data = signed_preview.unsign(form.cleaned_data["preview"], PURPOSE, cycle, request.user)
        passwords = store.store_people(store.from_data(data))
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
        return redirect("setup_people", cycle.pk)
    messages.success(request, f"已导入：新增 {len(passwords)} 人，共办理 {len(data)} 条角色。")
    return _password_sheet(request, cycle, passwords) if passwords else redirect("setup_people", cycle.pk)


def _preview(
    request: UserRequest, cycle: Cycle, outcomes: Sequence[StaffOutcome], form: AdoptPeopleForm, file: WorkbookForm
) -> HttpResponse:
    counts = count_kinds(outcome.kind for outcome in outcomes)
    context = {
        **page_context(cycle, SetupStep.PEOPLE),
        "file_name": file.cleaned_data["file"].name,
        "lines": [(KIND_LABELS[item.kind], labels.ROLE.get(item.row.role or "", ""), item) for item in outcomes],
        "counts": [(KIND_LABELS[kind], number) for kind, number in counts.items() if number],
        "importable": counts[OutcomeKind.NEW] + counts[OutcomeKind.CHANGED],
        "new_users": len({outcome.row.username for outcome in outcomes if outcome.kind == OutcomeKind.NEW}),
        "refused": counts[OutcomeKind.REFUSED],
        "form": form,
    }
    return render(request, "filings/setup/people_preview.html", context)


def _password_sheet(request: UserRequest, cycle: Cycle, passwords: list[FirstPassword]) -> HttpResponse:
    """Show the passwords with the same sheet as a file inside the page, because they are stored nowhere in clear."""
    lines = [(item.place, item.name, item.username, item.password) for item in passwords]
    content = base64.b64encode(write_list("首次密码", PASSWORD_HEADS, lines)).decode()
    context = {
        **page_context(cycle, SetupStep.PEOPLE),
        "heads": PASSWORD_HEADS,
        "passwords": passwords,
        "file": f"data:{CONTENT_TYPE};base64,{content}",
    }
    return render(request, "filings/setup/passwords.html", context)


def _page(request: UserRequest, cycle: Cycle, form: WorkbookForm, *, status: int = 200) -> HttpResponse:
    search = DepartmentSearch.parse(request.GET.dict())
    page = search.page_of(search.departments().filter(enrolments__cycle=cycle))
    departments, offices = by_place(list(page))
    found = staffing.gaps(cycle)
    context = {
        **page_context(cycle, SetupStep.PEOPLE),
        "form": form,
        "search": search,
        "query": search.query,
        "page": page,
        "departments": departments,
        "offices": offices,
        "gaps": found[:MOST_GAPS],
        "more_gaps": max(0, len(found) - MOST_GAPS),
        "role_labels": list(labels.ROLE.values()),
    }
    return render(request, "filings/setup/people.html", context, status=status)
