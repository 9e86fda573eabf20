"""The departments selected on the board: the ticked rows, or all of the filtered list."""

from django.utils import timezone

from filings.models import Cycle
from filings.oversight.enrolled import EnrolledDepartment, departments, enrolled_of
from filings.oversight.filters import BoardFilter
from filings.oversight.selection import parse_ids, select
from filings.views.access import UserRequest


def selected_rows(request: UserRequest, cycle: Cycle) -> list[EnrolledDepartment]:
    """Return the selected departments by their codes. The filter is in the address. Raises StepRefused."""
    enrolled = enrolled_of(cycle, request.user, today=timezone.localdate())
    if not request.POST.get("all"):
        return select(enrolled, parse_ids(request.POST.getlist("department")), by=request.user)
    filtered = departments(BoardFilter.parse(request.GET.dict()).apply(enrolled).order_by("department__code"))
    parse_ids([str(row.department) for row in filtered])
    return filtered
