"""Departments that a user oversees: managers and the performance office all, a section its own."""

from django.db.models import Q, QuerySet

from filings.choices import OfficeKind, Role
from filings.models import Department, Membership, User
from filings.permissions import Access, belongs_to, bureau_memberships, may_manage


def overseen_departments(user: User) -> QuerySet[Department]:
    """Return all departments for managers and offices that are no section, for a section its own."""
    departments = Q(pk__in=[])
    for membership in bureau_memberships(user):
        if _oversees_all(membership):
            return Department.objects.all()
        departments |= Q(section=membership.office_id)
    return Department.objects.filter(departments)


def may_remind(user: User, department: Department) -> Access:
    """Whether the user may remind the department, which everybody may who oversees it."""
    for membership in bureau_memberships(user):
        if _oversees_all(membership) or membership.office_id == department.section_id:
            return Access(True, acting=membership)
    return Access(False, f"「{department}」不由您督办。")


def may_extend(user: User, department: Department) -> Access:
    """Whether the user may extend the department's deadline: managers, unless they belong to the department."""
    if belongs_to(user, department):
        return Access(False, f"您在「{department}」任职，不能给本单位延期。")
    return may_manage(user)


def _oversees_all(membership: Membership) -> bool:
    is_section = membership.office is not None and membership.office.kind == OfficeKind.SECTION
    return membership.role == Role.MANAGER or not is_section
