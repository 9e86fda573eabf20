"""待办: the filings that wait for an action of the user, by deadline."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import F, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from filings import permissions
from filings.actions.spec import TodoGroup
from filings.actions.table import TODO_GROUPS
from filings.choices import Role
from filings.clocks.working_days import overrides
from filings.models import Cycle, Department, Filing, User
from filings.views.access import UserRequest


@dataclass(frozen=True)
class Startable:
    """A filing that a department has not started yet, with its deadline."""

    cycle: Cycle
    department: Department
    due_on: date


@dataclass(frozen=True)
class Waiting:
    """Tasks of a user."""

    startable: list[Startable]
    filings: QuerySet[Filing]

    @property
    def count(self) -> int:
        return len(self.startable) + self.filings.count()


@dataclass(frozen=True)
class TodoSection:
    """A section of the page: the filings of one group."""

    group: TodoGroup
    filings: list[Filing]


def waiting_for(user: User) -> Waiting:
    return Waiting(startable_by(user), permissions.awaiting(user))


def startable_by(user: User) -> list[Startable]:
    """List the filings of the newest open year that the user, as filler of a department, can start."""
    departments = Department.objects.filter(memberships__user=user, memberships__role=Role.FILLER)
    today = timezone.localdate()
    newest = Cycle.objects.filter(opens_on__lte=today, started_at__isnull=False).order_by("-year").values("year")[:1]
    startable = []
    for cycle in Cycle.objects.filter(year=Subquery(newest), opens_on__lte=today, started_at__isnull=False):
        extended = {extension.department_id: extension.until for extension in cycle.extensions.all()}
        for department in departments.filter(enrolments__cycle=cycle).exclude(filings__cycle=cycle).distinct():
            startable.append(Startable(cycle, department, extended.get(department.pk, cycle.deadline)))
    return startable


@login_required
def todo(request: UserRequest) -> HttpResponse:
    waiting = waiting_for(request.user)
    filings = waiting.filings.select_related("cycle__edition", "department").order_by(F("due_on"), "pk")
    sections = [
        TodoSection(group, [filing for filing in filings if filing.status == group.status]) for group in TODO_GROUPS
    ]
    context = {
        "sections": [section for section in sections if section.filings],
        "startable": waiting.startable,
        "calendar": overrides(),
        "roles": set(request.user.memberships.values_list("role", flat=True)),
    }
    return render(request, "filings/todo.html", context)
