"""待办: filings and questions that wait for the user, by deadline; the filings to review are in the queue."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from filings import permissions, progress
from filings.actions.spec import TodoGroup
from filings.actions.table import TODO_GROUPS
from filings.choices import Role, Status
from filings.clocks.working_days import Overrides, overrides
from filings.models import Consultation, Cycle, Department, Enrolment, Extension, Filing, Membership, User
from filings.progress import FilingProgress
from filings.publication.due import to_publish_by_cycle
from filings.reviewing.queue_filters import QueueFilters
from filings.views.access import UserRequest
from filings.views.kept.store import kept_posts
from filings.views.unit_choice import unit_choice

RELATED = ("cycle__edition", "department__section", "department__supervisor", "reviewer")


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
    questions: QuerySet[Consultation]


@dataclass(frozen=True)
class ToReview:
    """The filings of a cycle that wait for the user's review; the queue lists them. `href` is its address."""

    cycle: Cycle
    count: int
    href: str


@dataclass(frozen=True)
class TodoRow:
    """A filing that waits for the user, with its steps."""

    filing: Filing
    progress: FilingProgress


@dataclass(frozen=True)
class TodoSection:
    """A section of the page: filings of one group in one cycle. `cycle` is named if the tasks are of several cycles."""

    group: TodoGroup
    cycle: Cycle
    rows: list[TodoRow]


def waiting_for(user: User) -> Waiting:
    return Waiting(startable_by(user), permissions.awaiting(user), permissions.questions_to(user))


def startable_by(user: User) -> list[Startable]:
    """List the filings that the user, as filler of enrolled departments, can start in all cycles that are open."""
    if all(membership.role != Role.FILLER for membership in permissions.memberships_of(user)):
        return []
    departments = Membership.objects.filter(user=user, role=Role.FILLER).values("department")
    filed = Filing.objects.filter(cycle=OuterRef("cycle"), department=OuterRef("department"))
    extended = Extension.objects.filter(cycle=OuterRef("cycle"), department=OuterRef("department")).values("until")
    enrolled = Enrolment.objects.filter(
        ~Exists(filed),
        department__in=departments,
        cycle__started_at__isnull=False,
        cycle__closed_at=None,
        cycle__opens_on__lte=timezone.localdate(),
    )
    rows = enrolled.annotate(until=Subquery(extended)).select_related("cycle__edition", "department")
    return [
        Startable(row.cycle, row.department, row.until or row.cycle.deadline)
        for row in rows.order_by("-cycle__year", "-cycle", "department__code")
    ]


def reviews_by_cycle(filings: QuerySet[Filing]) -> list[ToReview]:
    """Count the filings in review by cycle."""
    counted = filings.filter(status=Status.IN_REVIEW).order_by().values("cycle").annotate(count=Count("pk"))
    counts = dict(counted.values_list("cycle", "count"))
    cycles = Cycle.objects.defer("policy").select_related("edition").filter(pk__in=counts)
    return [
        ToReview(cycle, counts[cycle.pk], f"{reverse('queue')}?{QueueFilters(cycle=cycle.pk).query_string()}")
        for cycle in cycles
    ]


@login_required
def todo(request: UserRequest) -> HttpResponse:
    permissions.prefetch_memberships(request.user)
    waiting = waiting_for(request.user)
    calendar = overrides()
    others = waiting.filings.exclude(status=Status.IN_REVIEW).order_by(F("due_on"), "pk").select_related(*RELATED)
    unit = unit_choice(request)
    filings = [filing for filing in others if unit.shows(filing.department_id)]
    startable = [item for item in waiting.startable if unit.shows(item.department.pk)]
    sections = _sections(filings, calendar)
    to_review = reviews_by_cycle(waiting.filings)
    tasks: list[TodoSection | Startable | ToReview] = [*sections, *startable, *to_review]
    cycles = {task.cycle for task in tasks}
    context = {
        "sections": sections,
        "startable": startable,
        "unit": unit.chosen,
        "left_out": len(others) + len(waiting.startable) - len(filings) - len(startable),
        "several_cycles": len(cycles) > 1,
        "calendar": calendar,
        "to_review": to_review,
        "to_publish": to_publish_by_cycle(calendar) if permissions.may_publish(request.user) else [],
        "questions": waiting.questions.select_related("revision__filing__department").order_by("due_on", "pk"),
        "may_oversee": permissions.may_oversee(request.user),
        "is_form_kept": bool(kept_posts(request)),
        "roles": set(request.user.memberships.values_list("role", flat=True)),
    }
    return render(request, "filings/todo.html", context)


def _sections(filings: list[Filing], calendar: Overrides) -> list[TodoSection]:
    """Group filings by task, and within a task by cycle, newest first."""
    groups = {group.status: group for group in TODO_GROUPS}
    steps = progress.load(filings, calendar)
    sections: dict[tuple[int, int, int], TodoSection] = {}
    for filing in filings:
        group = groups[Status(filing.status)]
        key = (group.order, -filing.cycle.year, -filing.cycle_id)
        sections.setdefault(key, TodoSection(group, filing.cycle, [])).rows.append(TodoRow(filing, steps[filing.pk]))
    return [section for _key, section in sorted(sections.items(), key=lambda item: item[0])]
