"""Rows of the board's list: who holds the table, and for how many working days."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from filings import labels, permissions
from filings.choices import Role, Stage, Status
from filings.clocks import working_days
from filings.clocks.due import Clock, clock, holder_in
from filings.models import Membership, User
from filings.oversight.enrolled import EnrolledDepartment


@dataclass(frozen=True)
class BoardRow:
    """A department with the holder of its table, telephone numbers included, and the days since it was received.

    An approved department has no `days`. `is_visible` if the user may open the filing.
    """

    department: EnrolledDepartment
    holder: str
    contacts: str
    days: int | None
    clock: Clock | None
    is_visible: bool


def board_rows(departments: Sequence[EnrolledDepartment], user: User, *, today: date) -> list[BoardRow]:
    """Add holders and days to the departments of a page, with three queries."""
    overrides = working_days.overrides()
    members = _members(department.department for department in departments)
    filings = [department.filing for department in departments if department.filing]
    visible = set(permissions.visible_to(user).filter(pk__in=filings).values_list("pk", flat=True))
    rows = []
    for row in departments:
        received = timezone.localdate(row.since) if row.since else None
        days = None if received is None else max(0, working_days.working_days_between(received, today, overrides))
        own_clock = clock(holder_in(row.state), row.due, overrides, today) if row.due else None
        rows.append(BoardRow(row, _holder(row), _contacts(row, members), days, own_clock, row.filing in visible))
    return rows


def _holder(row: EnrolledDepartment) -> str:
    if row.state == Status.APPROVED:
        return ""
    if row.state != Status.IN_REVIEW:
        return labels.ROLE[_role(row)]
    office = {Stage.SUPERVISOR: row.supervisor_name, Stage.SECTION: row.section_name}.get(Stage(row.stage), "")
    return f"{office or labels.STAGE[row.stage]}{f' {row.reviewer_name}' if row.reviewer_name else '（未认领）'}"


def _contacts(row: EnrolledDepartment, members: dict[tuple[int, str], list[str]]) -> str:
    """Join name and telephone of the users of the department for whom the table waits."""
    if row.state in (Status.IN_REVIEW, Status.APPROVED):
        return ""
    named = members.get((row.department, _role(row)))
    return "、".join(named) if named else f"{row.contact} {row.telephone}".strip()


def _role(row: EnrolledDepartment) -> Role:
    """Return the role in the department for which its table waits."""
    return Role.HEAD if row.state == Status.SIGNING else Role.FILLER


def _members(departments: Iterable[int]) -> dict[tuple[int, str], list[str]]:
    memberships = Membership.objects.filter(department__in=list(departments), user__is_active=True)
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for department, role, name, telephone in memberships.order_by("pk").values_list(
        "department", "role", "user__name", "user__telephone"
    ):
        found[department or 0, role].append(f"{name} {telephone}".strip())
    return found
