"""待办: what this person must act on next, and by when. Nothing else competes with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import DateField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from filings import permissions
from filings.choices import Role, Status
from filings.labels import Label
from filings.models import Cycle, Department, Extension, Filing, User
from filings.views.access import UserRequest

GROUPS: Sequence[tuple[Status, Label, Label, str]] = (
    (Status.RETURNED, "退回修改", "修改", "fill"),
    (Status.SIGNING, "待我审签", "审签", "signing"),
    (Status.IN_REVIEW, "待我审核", "审核", "review"),
    (Status.DRAFT, "正在填报", "填报", "fill"),
)


@dataclass(frozen=True)
class Startable:
    """A table that a department has not begun."""

    cycle: Cycle
    department: Department
    due: date


@dataclass(frozen=True)
class Waiting:
    """What waits for a person."""

    startable: list[Startable]
    filings: QuerySet[Filing]

    @property
    def count(self) -> int:
        return len(self.startable) + self.filings.count()


@dataclass(frozen=True)
class TodoGroup:
    """Filings that want the same thing done; `page` is where it is done."""

    title: Label
    verb: Label
    page: str
    filings: list[Filing]


def waiting_for(user: User) -> Waiting:
    return Waiting(startable_by(user), permissions.awaiting(user))


def with_due(filings: QuerySet[Filing]) -> QuerySet[Filing]:
    """Each filing with `due`, its department's own deadline."""
    until = Extension.objects.filter(cycle=OuterRef("cycle"), department=OuterRef("department")).values("until")
    return filings.annotate(due=Coalesce(Subquery(until), F("cycle__deadline"), output_field=DateField()))


def startable_by(user: User) -> list[Startable]:
    """Tables of the newest open year that a filler's departments have not begun."""
    own = Department.objects.filter(memberships__user=user, memberships__role=Role.FILLER)
    newest = Cycle.objects.filter(opens_on__lte=timezone.localdate()).order_by("-year").values("year")[:1]
    found = []
    for cycle in Cycle.objects.filter(year=Subquery(newest), opens_on__lte=timezone.localdate()):
        extended = {item.department_id: item.until for item in cycle.extensions.all()}
        for department in own.exclude(filings__cycle=cycle).distinct():
            found.append(Startable(cycle, department, extended.get(department.pk, cycle.deadline)))
    return found


@login_required
def todo(request: UserRequest) -> HttpResponse:
    waiting = waiting_for(request.user)
    rows = list(with_due(waiting.filings).select_related("cycle__edition", "department").order_by(F("due"), "pk"))
    groups = [
        TodoGroup(title, verb, page, found)
        for status, title, verb, page in GROUPS
        if (found := [filing for filing in rows if filing.status == status])
    ]
    context = {
        "groups": groups,
        "startable": waiting.startable,
        "roles": set(request.user.memberships.values_list("role", flat=True)),
    }
    return render(request, "filings/todo.html", context)
