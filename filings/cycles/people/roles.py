"""Take a role away from a user. The program keeps at least one manager."""

from django.db import transaction

from filings import labels, manager_group
from filings.choices import Role
from filings.errors import StepRefused
from filings.models import Membership, User


@transaction.atomic
def take_away(membership: Membership) -> str:
    """Delete a membership and return a sentence about it.

    Raises StepRefused for the last manager's last role, and for a reviewer who has claimed filings.
    Claims in a closed cycle, where nothing can be handed over, do not count.
    """
    user = membership.user
    if membership.role == Role.MANAGER and _is_last_role_of_the_last_manager(user):
        raise StepRefused(f"「{user.name}」是唯一的管理员，管理员角色不能取消；请先让另一人任管理员。")
    claims = user.claims.filter(cycle__closed_at=None).count()
    if membership.role == Role.REVIEWER and claims:
        raise StepRefused(
            f"「{user.name}」认领了 {claims} 份审核中的申报表。请先在审核列表移交给他人或取消认领，再取消角色。"
        )
    sentence = f"已取消「{user.name}」在「{membership.place_name}」的{labels.ROLE[membership.role]}角色。"
    membership.delete()
    manager_group.sync(user)
    return sentence


def _is_last_role_of_the_last_manager(user: User) -> bool:
    """Count the roles only once is_last_manager has locked them, so that two requests cannot each take one of two."""
    return manager_group.is_last_manager(user) and user.memberships.filter(role=Role.MANAGER).count() == 1
