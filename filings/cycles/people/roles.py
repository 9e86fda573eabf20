"""Take a role away from a user. The program keeps at least one manager."""

from django.db import transaction

from filings import labels, manager_group
from filings.choices import Role
from filings.errors import StepRefused
from filings.models import Membership, User


def last_manager_problem(user: User) -> str:
    """Return why this user's manager roles cannot be taken away, or ''. Inactive managers do not count."""
    managers = Membership.objects.filter(role=Role.MANAGER, user__is_active=True)
    if managers.filter(user=user).exists() and not managers.exclude(user=user).exists():
        return f"「{user.name}」是唯一的管理员，管理员角色不能取消，账号也不能停用；请先让另一人任管理员。"
    return ""


@transaction.atomic
def take_away(membership: Membership) -> str:
    """Delete a membership and return a sentence about it. Raises StepRefused for the last manager's last role."""
    list(Membership.objects.select_for_update().filter(role=Role.MANAGER))
    user = membership.user
    is_last = user.memberships.filter(role=Role.MANAGER).count() == 1
    if membership.role == Role.MANAGER and is_last and (problem := last_manager_problem(user)):
        raise StepRefused(problem)
    sentence = f"已取消「{user.name}」在「{membership.place_name}」的{labels.ROLE[membership.role]}角色。"
    membership.delete()
    manager_group.sync(user)
    return sentence
