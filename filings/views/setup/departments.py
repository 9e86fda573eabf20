"""The departments as a workbook: the download, and the import with its preview."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from filings import permissions
from filings.cycles import signed_preview
from filings.cycles.departments import rows as department_rows
from filings.cycles.departments import store
from filings.cycles.departments.comparison import compare
from filings.cycles.departments.rows import read_departments
from filings.cycles.outcome import OutcomeKind, count_kinds
from filings.cycles.starting import SetupStep
from filings.errors import StepRefused
from filings.formats.list_workbook import InvalidWorkbook
from filings.forms.list_workbook import WorkbookForm
from filings.forms.setup.files import AdoptDepartmentsForm
from filings.models import Department
from filings.views.access import UserRequest, cycle_or_404, demand
from filings.views.setup.department_list import department_page
from filings.views.setup.list_pages import KIND_LABELS, list_file
from filings.views.setup.steps import page_context

PURPOSE = "departments"


@login_required
def departments_file(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Download the stored departments as a workbook that can be edited and imported."""
    demand(permissions.may_manage(request.user))
    cycle_or_404(cycle_id)
    stored = Department.objects.select_related("supervisor", "section").order_by("code")
    lines = [
        (
            item.code,
            item.name,
            item.supervisor.code if item.supervisor else "",
            item.section.name if item.section else "",
            item.contact,
            item.telephone,
            "是" if item.withheld else "否",
        )
        for item in stored
    ]
    return list_file("单位", [column.label for column in department_rows.COLUMNS], lines)


@require_POST
@login_required
def preview_departments(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Show what an import would change. Nothing is stored."""
    demand(permissions.may_manage(request.user))
    cycle = cycle_or_404(cycle_id)
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        return department_page(request, cycle, form, status=HTTPStatus.BAD_REQUEST)
    try:
        compared = compare(read_departments(form.sheets()))
    except InvalidWorkbook as refusal:
        form.add_error("file", str(refusal))
        return department_page(request, cycle, form, status=HTTPStatus.BAD_REQUEST)
    data = store.previewed(compared.outcomes)
    counts = count_kinds(outcome.kind for outcome in compared.outcomes)
    context = {
        **page_context(cycle, SetupStep.DEPARTMENTS),
        "file_name": form.cleaned_data["file"].name,
        "lines": [(KIND_LABELS[outcome.kind], outcome) for outcome in compared.outcomes],
        "counts": [(KIND_LABELS[kind], number) for kind, number in counts.items() if number],
        "importable": counts[OutcomeKind.NEW] + counts[OutcomeKind.CHANGED],
        "refused": counts[OutcomeKind.REFUSED],
        "usable": len(data),
        "absent": compared.absent,
        "form": AdoptDepartmentsForm(
            initial={"preview": signed_preview.sign(data, PURPOSE, cycle, request.user), "enrol": True}
        ),
    }
    return render(request, "filings/setup/departments_preview.html", context)


@require_POST
@login_required
def adopt_departments(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Store the previewed departments, and put them on the list if wanted."""
    demand(permissions.may_manage(request.user))
    cycle = cycle_or_404(cycle_id)
    form = AdoptDepartmentsForm(request.POST)
    try:
        if not form.is_valid():
            raise StepRefused(signed_preview.INCOMPLETE)
        data = signed_preview.unsign(form.cleaned_data["preview"], PURPOSE, cycle, request.user)
        enrol_in = cycle if form.cleaned_data["enrol"] else None
        new, changed = store.store_departments(store.from_data(data), enrol_in=enrol_in)
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
    else:
        listed = f"，名单上现有 {cycle.enrolments.count()} 个单位" if enrol_in else ""
        messages.success(request, f"已导入：新增 {new} 个单位，改动 {changed} 个{listed}。")
    return redirect("setup_departments", cycle.pk)
