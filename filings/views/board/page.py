"""The board of a cycle: a bar of states, counts by section, and the list of departments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from filings import permissions
from filings.models import Cycle, Filing, User
from filings.oversight.counts import CycleCounts, SectionCounts, counts_of
from filings.oversight.enrolled import Enrolled, departments, enrolled_of
from filings.oversight.filters import DEFAULT_ORDER, TIMINGS, BoardFilter
from filings.oversight.states import STATES
from filings.views.access import UserRequest, overseen_cycle
from filings.views.board.rows import board_rows
from filings.views.cycle_choice import cycle_choice

ROWS_PER_PAGE = 50
MOST_OFF_LIST = 20
# A segment of at least this width has room for its name and number.
PERCENT_WITH_NAME = 12
COLUMNS: Mapping[str, str] = {
    "name": "单位",
    "section": "股室",
    "state": "状态",
    "": "办理人",
    "since": "等待",
    "due": "期限",
    "reminded": "最近催办",
}


@dataclass(frozen=True)
class Segment:
    """A part of the bar: start and width in per cent of its length, `middle` for its name if there is room."""

    state: str
    label: str
    count: int
    start: float
    width: float
    middle: float | None


@dataclass(frozen=True)
class SortableColumn:
    """A column head; `query` sorts by it, '' if the column cannot be sorted. `sorted` is aria-sort's value or ''."""

    label: str
    query: str
    sorted: str


@login_required
def board(request: UserRequest, cycle_id: int) -> HttpResponse:
    return board_page(request, overseen_cycle(request, cycle_id))


def board_page(request: UserRequest, cycle: Cycle, *, refusal: str = "") -> HttpResponse:
    """Render the board; after a refused selection with the reason."""
    today = timezone.localdate()
    enrolled = enrolled_of(cycle, request.user, today=today)
    chosen = BoardFilter.parse(request.GET.dict())
    context = {
        "cycle": cycle,
        "cycle_choice": cycle_choice(request, "board", cycle),
        "today": today,
        "states": STATES.items(),
        "timings": TIMINGS.items(),
        "refusal": refusal,
        "closed": permissions.may_act_in(cycle).reason,
        "may_manage": permissions.may_manage(request.user),
        "off_list": _off_list(request.user, cycle),
        **_numbers(counts_of(enrolled)),
        **_listed(enrolled, chosen, request.GET.get("page", ""), request.user, today),
    }
    return render(
        request, "filings/board/board.html", context, status=HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    )


def _off_list(user: User, cycle: Cycle) -> list[Filing]:
    """List filings of the cycle whose departments have been taken off its list."""
    enrolled = cycle.enrolments.values("department")
    filings = permissions.visible_to(user).filter(cycle=cycle).exclude(department__in=enrolled)
    return list(filings.select_related("department").order_by("department__code")[:MOST_OFF_LIST])


def _numbers(counts: CycleCounts) -> dict[str, object]:
    return {
        "all": counts.all,
        "segments": segments_of(counts.all),
        "matrix": [(section, list(section.by_state.items())) for section in (*counts.sections, counts.all)],
    }


def _listed(enrolled: Enrolled, chosen: BoardFilter, number: str, user: User, today: date) -> dict[str, object]:
    page = Paginator(chosen.apply(enrolled), ROWS_PER_PAGE).get_page(number)
    return {
        "page": page,
        "rows": board_rows(departments(cast(Enrolled, page.object_list)), user, today=today),
        "chosen": chosen,
        "query": chosen.query,
        "columns": [_column(name, label, chosen) for name, label in COLUMNS.items()],
    }


def segments_of(counts: SectionCounts) -> list[Segment]:
    """Divide the bar among all states; states without departments have no width."""
    segments, start = [], 0.0
    for state, count in counts.by_state.items():
        width = count * 100 / counts.total if counts.total else 0.0
        middle = start + width / 2 if width >= PERCENT_WITH_NAME else None
        segments.append(Segment(str(state), STATES[state], count, round(start, 3), round(width, 3), middle))
        start += width
    return segments


def _column(name: str, label: str, chosen: BoardFilter) -> SortableColumn:
    if not name:
        return SortableColumn(label, "", "")
    order = chosen.sort or DEFAULT_ORDER
    direction = {name: "ascending", f"-{name}": "descending"}.get(order, "")
    return SortableColumn(label, chosen.sorted_by(name).query, direction)
