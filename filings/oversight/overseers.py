"""Who oversees which departments: managers and the performance office all, a section its own."""

from django.db.models import Q, QuerySet

from filings.choices import OfficeKind, Role
from filings.models import Department, Membership, User
from filings.permissions import Access, may_manage, memberships_of


def may_oversee(user: User) -> Access:
    """Whether the user sees the list of a cycle's departments: reviewers of the bureau's offices, and managers."""
    acting = next(iter(_in_bureau(user)), None)
    return Access(True, acting=acting) if acting else Access(False, "这一页由财政局的审核人和管理员使用。")


def overseen_departments(user: User) -> QuerySet[Department]:
    """Return all departments for managers and offices that are no section, for a section its own."""
    departments = Q(pk__in=[])
    for membership in _in_bureau(user):
        if _oversees_all(membership):
            return Department.objects.all()
        departments |= Q(section=membership.office_id)
    return Department.objects.filter(departments)


def may_remind(user: User, department: Department) -> Access:
    """Whether the user may remind the department, which everybody may who oversees it."""
    for membership in _in_bureau(user):
        if _oversees_all(membership) or membership.office_id == department.section_id:
            return Access(True, acting=membership)
    return Access(False, f"「{department}」不归您督办。")


def may_extend(user: User, department: Department) -> Access:
    """Whether the user may extend the department's deadline: managers, unless they belong to the department."""
    if any(membership.department_id == department.pk for membership in memberships_of(user)):
        return Access(False, f"您在「{department}」任职，不能给本单位延期。")
    return may_manage(user)


def _in_bureau(user: User) -> list[Membership]:
    """List the user's memberships as manager or reviewer of the bureau, those as manager first."""
    roles = [Role.MANAGER, Role.REVIEWER]
    memberships = [each for each in memberships_of(user) if each.office_id and each.role in roles]
    return sorted(memberships, key=lambda membership: roles.index(Role(membership.role)))


def _oversees_all(membership: Membership) -> bool:
    is_section = membership.office is not None and membership.office.kind == OfficeKind.SECTION
    return membership.role == Role.MANAGER or not is_section
