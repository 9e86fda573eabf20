"""Map the manager role to is_staff and a permission group."""

from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.db.models import Q

from filings.choices import Role
from filings.models import Membership, User

GROUP = "管理员"
# Models that managers may add, change, delete and view, and models that they may only view.
EDITABLE_MODELS = (
    "user",
    "membership",
    "department",
    "office",
    "formedition",
    "cycle",
    "calendarday",
    "libraryentry",
)
VIEWABLE_MODELS = (
    "extension",
    "budgetline",
    "indicatornode",
    "filing",
    "revision",
    "review",
    "remark",
    "issuedcopy",
    "event",
    "finding",
    "waiver",
    "rulefailure",
    "controlfigure",
    "publication",
    "withholding",
    "copyjob",
)


def group() -> Group:
    """Get or create the managers' group and set its permissions."""
    managers, _created = Group.objects.get_or_create(name=GROUP)
    allowed = Q(content_type__model__in=EDITABLE_MODELS) | Q(
        content_type__model__in=VIEWABLE_MODELS, codename__startswith="view_"
    )
    managers.permissions.set(Permission.objects.filter(allowed, content_type__app_label="filings"))
    return managers


def is_last_manager(user: User) -> bool:
    """Whether the user is the only active one with the manager role.

    Inside a transaction the memberships of managers are locked, so that two managers cannot remove each other.
    """
    memberships = Membership.objects.filter(role=Role.MANAGER)
    if connection.in_atomic_block:
        list(memberships.select_for_update())
    return set(memberships.filter(user__is_active=True).values_list("user", flat=True)) == {user.pk}


def sync(user: User) -> None:
    """Set a user's group and is_staff according to their memberships. Superusers stay staff."""
    is_manager = user.memberships.filter(role=Role.MANAGER).exists()
    if is_manager:
        user.groups.add(group())
    else:
        user.groups.remove(*user.groups.filter(name=GROUP))
    user.is_staff = is_manager or user.is_superuser
    user.save(update_fields=["is_staff"])
