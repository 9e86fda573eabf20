"""申报表: the filings that the user may see, of one cycle or of all, with search, order and a file of the list."""

from dataclasses import dataclass, replace

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from filings import labels, permissions
from filings.exports import filing_list
from filings.filing_list.filters import FilingColumn, ListFilters
from filings.filing_list.query import filings_of, status_counts
from filings.filing_list.rows import rows_of
from filings.views.access import UserRequest
from filings.views.counted_pages import CountedPaginator, Heading
from filings.views.cycle_choice import CycleChoice, cycle_choice
from filings.views.filing.downloads import attached
from filings.views.unit_choice import unit_choice

COLUMNS = {
    FilingColumn.CODE: "编码",
    FilingColumn.NAME: "单位",
    FilingColumn.CYCLE: "批次",
    FilingColumn.SECTION: "归口业务股室",
    FilingColumn.STATUS: "办理进度",
    FilingColumn.MONEY: "资金总额（万元）",
    FilingColumn.DUE: "办理期限",
}
ALL_YEARS = "全部年度"


@dataclass(frozen=True)
class StatusLink:
    """A tab of the list with the number of its filings."""

    label: str
    href: str
    count: int
    is_chosen: bool


@login_required
def overview(request: UserRequest) -> HttpResponse:
    choice, filters = _chosen(request)
    counts = status_counts(request.user, filters)
    number = counts.get(filters.status, 0) if filters.status else sum(counts.values())
    page = CountedPaginator(filings_of(request.user, filters), number).get_page(request.GET.get("page"))
    context = {
        "cycle_choice": choice,
        "filters": filters,
        "unit": unit_choice(request).chosen,
        "is_all": filters.cycle is None,
        "page": page,
        "rows": rows_of(page.object_list),
        "tabs": _tabs(filters, counts),
        "headings": [_heading(filters, column) for column in COLUMNS if _is_shown(column, filters)],
        "orders": _orders(filters),
        "query": filters.query_string(),
        "cleared": replace(filters, search="", status="").query_string(),
    }
    return render(request, "filings/overview.html", context)


@login_required
def overview_file(request: UserRequest) -> HttpResponse:
    """Download the whole filtered list, in its order, as an Excel workbook."""
    choice, filters = _chosen(request)
    period = choice.chosen.label if choice.chosen and filters.cycle else ALL_YEARS
    return attached(filing_list.write(rows_of(filings_of(request.user, filters)), period=period))


def _chosen(request: UserRequest) -> tuple[CycleChoice, ListFilters]:
    permissions.prefetch_memberships(request.user)
    choice = cycle_choice(request, "overview")
    filters = ListFilters.from_query(request.GET, choice.chosen.pk if choice.chosen else None)
    unit = unit_choice(request).chosen
    return choice, replace(filters, department=unit.pk if unit else None)


def _tabs(filters: ListFilters, counts: dict[str, int]) -> list[StatusLink]:
    tabs = {"": ("全部", sum(counts.values()))}
    tabs |= {status: (label, counts.get(status, 0)) for status, label in labels.STATUS.items()}
    return [
        StatusLink(label, f"?{replace(filters, status=status).query_string()}", count, status == filters.status)
        for status, (label, count) in tabs.items()
    ]


def _is_shown(column: FilingColumn, filters: ListFilters) -> bool:
    return column != FilingColumn.CYCLE or filters.cycle is None


def _orders(filters: ListFilters) -> list[tuple[str, str]]:
    """Return the orders of the list with their labels, for a phone, where the columns have no headings."""
    return [
        (replace(filters, sort=column, descending=descending).sort_key, f"{COLUMNS[column]}{direction}")
        for column in COLUMNS
        if _is_shown(column, filters)
        for descending, direction in ((False, "，升序"), (True, "，降序"))
    ]


def _heading(filters: ListFilters, column: FilingColumn) -> Heading:
    is_chosen = column == filters.sort
    descending = not filters.descending if is_chosen else column in (FilingColumn.MONEY, FilingColumn.CYCLE)
    direction = ("descending" if filters.descending else "ascending") if is_chosen else ""
    href = replace(filters, sort=column, descending=descending).query_string()
    return Heading(COLUMNS[column], f"?{href}", direction)
