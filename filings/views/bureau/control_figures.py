"""预算控制数: list a cycle's control figures, preview a workbook, and store the previewed figures. For managers."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from filings import permissions
from filings.controls import comparison, store, table
from filings.controls.comparison import RowKind, RowOutcome
from filings.cycles.starting import SetupStep
from filings.document import money
from filings.errors import StepRefused
from filings.formats import list_workbook
from filings.formats.list_workbook import InvalidWorkbook
from filings.forms.controls import AdoptFiguresForm
from filings.forms.list_workbook import WorkbookForm
from filings.models import ControlFigure, Cycle
from filings.views.access import UserRequest, cycle_or_404, demand
from filings.views.cycle_choice import cycle_choice
from filings.views.setup.searched import DepartmentSearch
from filings.views.setup.steps import page_context

KIND_LABELS: dict[RowKind, str] = {
    RowKind.NEW: "新增",
    RowKind.CHANGED: "改动",
    RowKind.SAME: "不变",
    RowKind.UNKNOWN: "单位无法识别",
    RowKind.UNREADABLE: "金额无法识别",
    RowKind.TWICE: "重复",
    RowKind.TOTAL: "合计",
}


@dataclass(frozen=True)
class FigureLine:
    """A row of the preview, with amounts in 万元; '' for no amount."""

    outcome: RowOutcome
    label: str
    before: str
    after: str


@login_required
def controls(request: UserRequest, cycle_id: int) -> HttpResponse:
    """List the control figures of a cycle."""
    demand(permissions.may_manage(request.user))
    return _page(request, cycle_or_404(cycle_id), WorkbookForm())


@require_POST
@login_required
def preview(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Show the workbook's rows as they were read. Nothing is stored."""
    demand(permissions.may_manage(request.user))
    cycle = cycle_or_404(cycle_id)
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, cycle, form, status=HTTPStatus.BAD_REQUEST)
    try:
        # One byte more than the limit is enough to refuse a larger file.
        figure_table = table.find_figures(
            list_workbook.read(form.cleaned_data["file"].read(list_workbook.LARGEST_FILE + 1))
        )
    except InvalidWorkbook as refusal:
        form.add_error("file", str(refusal))
        return _page(request, cycle, form, status=HTTPStatus.BAD_REQUEST)
    outcomes = comparison.compare(figure_table, cycle)
    figures = store.previewed_figures(outcomes)
    context = {
        **page_context(cycle, SetupStep.CONTROLS),
        "table": figure_table,
        "file_name": form.cleaned_data["file"].name,
        "lines": [_line(outcome) for outcome in outcomes],
        "counts": [(KIND_LABELS[kind], number) for kind, number in comparison.counts(outcomes).items() if number],
        "figures": figures,
        "form": AdoptFiguresForm(initial={"figures": store.sign(figures, cycle, request.user)}),
        "most_rows": list_workbook.MOST_ROWS,
    }
    return render(request, "filings/bureau/control_figures_preview.html", context)


@require_POST
@login_required
def adopt(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Store the previewed figures."""
    demand(permissions.may_manage(request.user))
    cycle = cycle_or_404(cycle_id)
    form = AdoptFiguresForm(request.POST)
    try:
        if not form.is_valid():
            raise StepRefused("预览的内容不完整，请重新选择文件。")
        figures = store.unsign(form.cleaned_data["figures"], cycle, request.user)
        count = store.store_figures(cycle, figures, by=request.user, now=timezone.now())
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, f"已导入 {count} 个单位的预算控制数。")
    return redirect("controls", cycle.pk)


def _page(request: UserRequest, cycle: Cycle, form: WorkbookForm, *, status: int = 200) -> HttpResponse:
    stored = ControlFigure.objects.filter(cycle=cycle)
    sums = stored.aggregate(count=Count("pk"), fen=Sum("fen"))
    search = DepartmentSearch.parse(request.GET.dict())
    found = stored.filter(department__in=search.departments()).select_related("department", "by")
    page = search.page_of(found.order_by("department__code"))
    context = {
        **page_context(cycle, SetupStep.CONTROLS),
        "cycle_choice": cycle_choice(request, "controls", cycle),
        "form": form,
        "search": search,
        "query": search.query,
        "page": page,
        "figures": [(figure, money.from_fen(figure.fen), figure.department) for figure in page],
        "count": sums["count"],
        "total": money.from_fen(sums["fen"] or 0),
    }
    return render(request, "filings/bureau/control_figures.html", context, status=status)


def _line(outcome: RowOutcome) -> FigureLine:
    before, after = ("" if fen is None else money.figure(money.from_fen(fen)) for fen in (outcome.before, outcome.fen))
    return FigureLine(outcome, KIND_LABELS[outcome.kind], before, after)
