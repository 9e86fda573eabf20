"""待办: the filings that wait for an action of the user, by deadline; those to review are in the queue."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import Count, F, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from filings import permissions
from filings.actions.spec import TodoGroup
from filings.actions.table import TODO_GROUPS
from filings.choices import Role, Status
from filings.clocks.working_days import overrides
from filings.models import Cycle, Department, Filing, User
from filings.reviewing.queue_filters import QueueFilters
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
class ToReview:
    """The filings of a cycle that wait for the user's review; the queue lists them. `href` is its address."""

    cycle: Cycle
    count: int
    href: str


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
    if all(membership.role != Role.FILLER for membership in permissions.memberships_of(user)):
        return []
    today = timezone.localdate()
    newest = Cycle.objects.filter(opens_on__lte=today, started_at__isnull=False).order_by("-year").values("year")[:1]
    startable = []
    for cycle in Cycle.objects.filter(year=Subquery(newest), opens_on__lte=today, started_at__isnull=False):
        extended = {extension.department_id: extension.until for extension in cycle.extensions.all()}
        for department in departments.filter(enrolments__cycle=cycle).exclude(filings__cycle=cycle).distinct():
            startable.append(Startable(cycle, department, extended.get(department.pk, cycle.deadline)))
    return startable


def reviews_by_cycle(filings: QuerySet[Filing]) -> list[ToReview]:
    """Count the filings in review by cycle."""
    counted = filings.filter(status=Status.IN_REVIEW).order_by().values("cycle").annotate(count=Count("pk"))
    counts = dict(counted.values_list("cycle", "count"))
    cycles = Cycle.objects.select_related("edition").filter(pk__in=counts)
    return [
        ToReview(cycle, counts[cycle.pk], f"{reverse('queue')}?{QueueFilters(cycle=cycle.pk).query_string()}")
        for cycle in cycles
    ]


@login_required
def todo(request: UserRequest) -> HttpResponse:
    permissions.prefetch_memberships(request.user)
    waiting = waiting_for(request.user)
    others = waiting.filings.exclude(status=Status.IN_REVIEW)
    filings = list(others.select_related("cycle__edition", "department").order_by(F("due_on"), "pk"))
    sections = [
        TodoSection(group, [filing for filing in filings if filing.status == group.status]) for group in TODO_GROUPS
    ]
    context = {
        "sections": [section for section in sections if section.filings],
        "startable": waiting.startable,
        "calendar": overrides(),
        "to_review": reviews_by_cycle(waiting.filings),
        "roles": set(request.user.memberships.values_list("role", flat=True)),
    }
    return render(request, "filings/todo.html", context)
