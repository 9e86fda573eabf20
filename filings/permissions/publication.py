"""Who publishes copies."""

from filings.choices import OfficeKind, Role
from filings.models import Department, Membership, User
from filings.permissions.memberships import Access, belongs_to, memberships_of


def may_publish(user: User, department: Department | None = None) -> Access:
    """Whether the user may publish, withdraw and withhold: managers, and reviewers of the performance office.

    Members of the `department` may not act on its table. A closed cycle does not matter: its copies are published after
    its end, and what should not be public must be withdrawn at any time.
    """
    if department is not None and belongs_to(user, department):
        return Access(False, f"您在「{department}」任职，不能办理本单位申报表的公开。")
    for membership in sorted(memberships_of(user), key=lambda each: each.role != Role.MANAGER):
        if membership.role == Role.MANAGER or _reviews_performance(membership):
            return Access(True, acting=membership)
    return Access(False, "公开由绩效股的审核人和管理员办理。")


def _reviews_performance(membership: Membership) -> bool:
    office = membership.office
    return membership.role == Role.REVIEWER and office is not None and office.kind == OfficeKind.PERFORMANCE
