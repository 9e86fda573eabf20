"""审核: the queue as a table with tabs, filters and a selection."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from filings import four_eyes, labels, permissions
from filings.choices import OfficeKind
from filings.models import Cycle, Filing, Office, User
from filings.reviewing import queue
from filings.reviewing.queue_filters import QueueFilters, SortColumn, Tab
from filings.reviewing.queue_rows import page_query, rows_of
from filings.rules.catalogue import CATALOGUE
from filings.views.access import UserRequest
from filings.views.counted_pages import CountedPaginator, Heading
from filings.views.cycle_choice import choosable_cycles, chosen_before, cycle_choice
from filings.views.queue.chosen import cycles_for, remember, remembered

TABS = {
    Tab.MINE: "待我审",
    Tab.RESUBMITTED: "已重报",
    Tab.RETURNED: "我退回的",
    Tab.OVERDUE: "超期",
    Tab.ALL: "全部",
}
COLUMNS = {
    SortColumn.DEPARTMENT: "单位",
    SortColumn.SECTION: "股室",
    SortColumn.MONEY: "资金（万元）",
    SortColumn.FINDINGS: "须改正/提醒/未说明",
    SortColumn.ROUND: "轮次",
    SortColumn.WAITING: "等待天数",
    SortColumn.REVIEWER: "审核人",
}
# Columns whose highest values matter first.
DESCENDING_FIRST = {SortColumn.MONEY, SortColumn.FINDINGS, SortColumn.ROUND, SortColumn.WAITING}


@dataclass(frozen=True)
class TabLink:
    """A tab with the number of its filings."""

    label: str
    href: str
    count: int
    is_chosen: bool


@login_required
def queue_page(request: UserRequest) -> HttpResponse:
    """List a tab of the queue. Without parameters, go on with those of the last visit."""
    user = request.user
    permissions.prefetch_memberships(user)
    if not permissions.may_review(user):
        raise PermissionDenied("这一页由审核人和管理员使用。")
    four_eyes.prefetch_exclusions(user)
    choosable = choosable_cycles(request)
    cycles = cycles_for(user, choosable)
    if not request.GET:
        filters = replace(remembered(request), cycle=chosen_before(request) or remembered(request).cycle)
        return redirect(f"{reverse('queue')}?{_start(filters, cycles, user).query_string()}")
    filters = _in_known_cycle(QueueFilters.from_query(request.GET), cycles)
    remember(request, filters)
    cycle = next((each for each in cycles if each.pk == filters.cycle), None)
    counts = queue.tab_counts(user, filters)
    filings = page_query(queue.queue_of(user, filters), user)
    page = CountedPaginator(filings, counts[filters.tab]).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "cycle_choice": cycle_choice(request, "queue", cycle, choosable),
        "page": page,
        "rows": rows_of(_with_cycles(page.object_list, cycles), user),
        "tabs": _tabs(filters, counts),
        "headings": [_heading(filters, column) for column in COLUMNS],
        "cleared": QueueFilters(tab=filters.tab, cycle=filters.cycle).query_string(),
        "query": filters.query_string(),
        "may_assign": permissions.may_manage(user),
        "may_decide": permissions.reviews(user),
        **_choices(cycles, filters),
    }
    return render(request, "filings/queue/page.html", context)


def _with_cycles(filings: Iterable[Filing], cycles: Iterable[Cycle]) -> list[Filing]:
    """Set the cycles of filings to those that have been read with their editions."""
    listed, by_key = list(filings), {cycle.pk: cycle for cycle in cycles}
    for filing in listed:
        filing.cycle = by_key.get(filing.cycle_id) or filing.cycle
    return listed


def _start(filters: QueueFilters, cycles: list[Cycle], user: User) -> QueueFilters:
    """Return where a visit begins: as it was last time, first on the user's own tab, for managers on all filings."""
    if replace(filters, cycle=None) == QueueFilters() and not permissions.reviews(user):
        filters = replace(filters, tab=Tab.ALL)
    return _in_known_cycle(filters, cycles)


def _in_known_cycle(filters: QueueFilters, cycles: list[Cycle]) -> QueueFilters:
    if any(cycle.pk == filters.cycle for cycle in cycles):
        return filters
    return replace(filters, cycle=cycles[0].pk if cycles else None)


def _tabs(filters: QueueFilters, counts: dict[Tab, int]) -> list[TabLink]:
    return [
        TabLink(label, f"?{replace(filters, tab=tab).query_string()}", counts[tab], tab == filters.tab)
        for tab, label in TABS.items()
    ]


def _heading(filters: QueueFilters, column: SortColumn) -> Heading:
    is_chosen = column == filters.sort
    descending = not filters.descending if is_chosen else column in DESCENDING_FIRST
    direction = ("descending" if filters.descending else "ascending") if is_chosen else ""
    href = replace(filters, sort=column, descending=descending).query_string()
    return Heading(COLUMNS[column], f"?{href}", direction)


def _choices(cycles: list[Cycle], filters: QueueFilters) -> dict[str, object]:
    """Return the options of the filters."""
    editions = [cycle.edition.definition() for cycle in cycles if cycle.pk == filters.cycle]
    return {
        "cycles": cycles,
        "sections": Office.objects.filter(kind=OfficeKind.SECTION),
        "stages": list(labels.STAGE.items()),
        "rules": [(rule.code, rule.sentence_in(edition)) for edition in editions for rule in CATALOGUE],
        "grades": list(labels.GRADE.items()),
    }
