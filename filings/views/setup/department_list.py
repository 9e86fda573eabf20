"""The departments of a cycle, page by page: each page stores its own ticks when it is left."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from filings import permissions
from filings.cycles import enrolments
from filings.cycles.starting import SetupStep
from filings.errors import StepRefused
from filings.forms.list_workbook import WorkbookForm
from filings.forms.setup.files import EnrolmentForm
from filings.models import Cycle, Department
from filings.models.keys import parse_key
from filings.views.access import UserRequest, cycle_or_404, demand
from filings.views.setup.searched import DepartmentSearch
from filings.views.setup.steps import page_context

_INCOMPLETE = "这一页不完整，或有单位已被删去，名单没有改动，请重新勾选。"


@login_required
def departments(request: UserRequest, cycle_id: int) -> HttpResponse:
    """List all departments with those of the cycle ticked."""
    demand(permissions.may_manage(request.user))
    return department_page(request, cycle_or_404(cycle_id), WorkbookForm())


@require_POST
@login_required
def enrol(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Put the ticked departments of the page on the cycle's list, take the others off, and show the wanted page.

    A refusal shows the page again as it was ticked.
    """
    demand(permissions.may_manage(request.user))
    cycle, search = cycle_or_404(cycle_id), DepartmentSearch.parse(request.GET.dict())
    form = EnrolmentForm(request.POST, keys=list(Department.objects.values_list("pk", flat=True)))
    try:
        if not form.is_valid():
            raise StepRefused(_INCOMPLETE)
        listed = set(cycle.enrolments.values_list("department_id", flat=True))
        wanted = (listed - form.shown) | form.ticked
        stamp = form.cleaned_data["stamp"]
        added, removed = enrolments.replace_list(cycle, wanted, expected_stamp=stamp)
    except StepRefused as refusal:
        return department_page(request, cycle, WorkbookForm(), refusal=refusal.reason)
    if added or removed or not form.turns_page:
        messages.success(request, f"名单已保存：增加 {added} 个单位，去掉 {removed} 个。")
    return redirect(f"{reverse('setup_departments', args=[cycle.pk])}?{form.next_page(search.number)}")


def department_page(
    request: UserRequest, cycle: Cycle, form: WorkbookForm, *, refusal: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    """Render the page; after a refusal with the posted ticks."""
    enrolled = set(cycle.enrolments.values_list("department_id", flat=True))
    search = DepartmentSearch.parse(request.GET.dict())
    page = search.page_of(search.departments().select_related("supervisor", "section"))
    filings = {filing.department_id: filing for filing in cycle.filings.filter(department__in=list(page))}
    ticked = {parse_key(key) for key in request.POST.getlist("departments")} if refusal else enrolled
    context = {
        **page_context(cycle, SetupStep.DEPARTMENTS),
        "form": form,
        "refusal": refusal,
        "search": search,
        "page": page,
        "departments": [(item, item.pk in ticked, filings.get(item.pk)) for item in page],
        "enrolled_count": len(enrolled),
        "stamp": enrolments.stamp(cycle),
    }
    status = HTTPStatus.CONFLICT if refusal else status
    return render(request, "filings/setup/departments.html", context, status=status)
