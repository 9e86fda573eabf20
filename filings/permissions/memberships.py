"""Memberships of a user, and the decision that a membership allows something."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from filings.choices import OfficeKind, Role, Stage
from filings.models import Department, Membership, User


@dataclass(frozen=True)
class Access:
    """A decision that is true if allowed: `acting` is the membership that allows it, `reason` explains a refusal."""

    allowed: bool
    reason: str = ""
    acting: Membership | None = None

    def __bool__(self) -> bool:
        return self.allowed


def prefetch_memberships(user: User) -> None:
    """Load the user's memberships once per request; every function of this module needs them."""
    memberships = Membership.objects.select_related("department", "office")
    prefetch_related_objects([user], Prefetch("memberships", memberships, to_attr="known_memberships"))


def memberships_of(user: User) -> list[Membership]:
    """Return the user's memberships with department and office."""
    known: list[Membership] | None = getattr(user, "known_memberships", None)
    return list(user.memberships.select_related("department", "office")) if known is None else known


def belongs_to(user: User, department: Department) -> bool:
    """Whether the user is a member of the department in any role."""
    return department.pk in own_departments(memberships_of(user))


def own_departments(memberships: Iterable[Membership]) -> list[int]:
    return [membership.department_id for membership in memberships if membership.department_id]


def bureau_memberships(user: User) -> list[Membership]:
    """List the user's memberships as manager or reviewer of the bureau, those as manager first."""
    roles = [Role.MANAGER, Role.REVIEWER]
    memberships = [each for each in memberships_of(user) if each.office_id and each.role in roles]
    return sorted(memberships, key=lambda membership: roles.index(Role(membership.role)))


def as_member(user: User, department: Department, roles: Iterable[str]) -> Access:
    for membership in memberships_of(user):
        if membership.role in roles and membership.department_id == department.pk:
            return Access(True, acting=membership)
    if Role.HEAD in roles:
        return Access(False, f"这一步由「{department}」的单位负责人办理。")
    return Access(False, f"这一步由「{department}」的填报人办理。")


def reviews_at(membership: Membership, stage: str, department: Department) -> bool:
    if stage == Stage.SUPERVISOR:
        return membership.department_id is not None and membership.department_id == department.supervisor_id
    if stage == Stage.SECTION:
        return membership.office_id is not None and membership.office_id == department.section_id
    office = membership.office
    return stage == Stage.PERFORMANCE and office is not None and office.kind == OfficeKind.PERFORMANCE
