"""Users by department and office, and taking a role away, which asks first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from filings import labels, permissions
from filings.choices import Role
from filings.cycles.people import roles
from filings.cycles.starting import SetupStep
from filings.errors import StepRefused
from filings.models import Cycle, Department, Membership, Office
from filings.views.access import UserRequest, cycle_or_404, demand
from filings.views.setup.steps import page_context

_DEPARTMENT_ROLES = (Role.FILLER, Role.HEAD, Role.OBSERVER, Role.REVIEWER)
_OFFICE_ROLES = (Role.REVIEWER, Role.MANAGER)


@dataclass(frozen=True)
class PlaceLine:
    """A department or an office with its memberships, one list for each role of its kind."""

    place: Department | Office
    by_role: list[list[Membership]]


def by_place(departments: Sequence[Department]) -> tuple[list[PlaceLine], list[PlaceLine]]:
    """Return these departments and all offices, with their active users."""
    concerned = Q(department__in=departments) | Q(office__isnull=False)
    active = Membership.objects.filter(concerned, user__is_active=True)
    held: dict[tuple[int | None, int | None, str], list[Membership]] = defaultdict(list)
    for membership in active.select_related("user").order_by("user__username"):
        held[membership.department_id, membership.office_id, membership.role].append(membership)
    return (
        [PlaceLine(item, _lists(held, item.pk, None, _DEPARTMENT_ROLES)) for item in departments],
        [PlaceLine(item, _lists(held, None, item.pk, _OFFICE_ROLES)) for item in Office.objects.all()],
    )


@login_required
def ask_role(request: UserRequest, cycle_id: int, membership_id: int) -> HttpResponse:
    """Ask before a role is taken away."""
    demand(permissions.may_manage(request.user))
    return _page(request, cycle_or_404(cycle_id), _membership(membership_id))


@require_POST
@login_required
def remove_role(request: UserRequest, cycle_id: int, membership_id: int) -> HttpResponse:
    """Take a role away."""
    demand(permissions.may_manage(request.user))
    cycle, membership = cycle_or_404(cycle_id), _membership(membership_id)
    try:
        messages.success(request, roles.take_away(membership))
    except StepRefused as refusal:
        return _page(request, cycle, membership, refusal=refusal.reason, status=HTTPStatus.CONFLICT)
    return redirect("setup_people", cycle.pk)


def _membership(membership_id: int) -> Membership:
    memberships = Membership.objects.select_related("user", "department", "office").filter(user__is_superuser=False)
    return get_object_or_404(memberships, pk=membership_id)


def _page(
    request: UserRequest, cycle: Cycle, membership: Membership, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    role = labels.ROLE[membership.role]
    context = {
        **page_context(cycle, SetupStep.PEOPLE),
        "membership": membership,
        "role_label": role,
        "refusal": refusal,
    }
    return render(request, "filings/setup/remove_role.html", context, status=status)


def _lists(
    held: dict[tuple[int | None, int | None, str], list[Membership]],
    department: int | None,
    office: int | None,
    roles: Iterable[Role],
) -> list[list[Membership]]:
    return [held.get((department, office, role), []) for role in roles]
