"""What makes a manager in Django's own terms: staff, and one group that may set the program up and look at the rest."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from filings.choices import Role
from filings.models import User

GROUP = "管理员"
SETS_UP = ("user", "membership", "department", "office", "formedition", "cycle", "extension", "libraryentry")
LOOKS_AT = (
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
)


def group() -> Group:
    """The managers' group, with exactly the permissions named here."""
    found, _created = Group.objects.get_or_create(name=GROUP)
    allowed = Q(content_type__model__in=SETS_UP) | Q(content_type__model__in=LOOKS_AT, codename__startswith="view_")
    found.permissions.set(Permission.objects.filter(allowed, content_type__app_label="filings"))
    return found


def sync(user: User) -> None:
    """Make whoever holds the role of a manager staff and a member of the group, and nobody else."""
    is_manager = user.memberships.filter(role=Role.MANAGER).exists()
    if is_manager:
        user.groups.add(group())
    else:
        user.groups.remove(*user.groups.filter(name=GROUP))
    user.is_staff = is_manager or user.is_superuser
    user.save(update_fields=["is_staff"])
