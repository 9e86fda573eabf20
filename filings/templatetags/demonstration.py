"""The demonstration's users, offered as buttons on the login page. Empty without the setting DEMO."""

from dataclasses import dataclass

from django import template
from django.conf import settings

from filings import labels
from filings.choices import Role
from filings.models import Membership

register = template.Library()
# The second filler can adjust an approved table.
DEMO_USERNAMES = ("demo-filler", "demo-filler-2", "demo-head", "demo-section", "demo-performance", "demo-manager")
# Reviewers of the large county with full queues, if it is loaded; its other 300 users log in by their addresses only.
LARGE_COUNTY_USERNAMES = ("s131", "s151", "s901")
_OFFERED = (*DEMO_USERNAMES, *LARGE_COUNTY_USERNAMES)


@dataclass(frozen=True)
class DemoUser:
    """A login button: `post` is the role, or for reviewers the kind of their office."""

    username: str
    post: str
    place: str


@register.simple_tag
def demo_users() -> list[DemoUser]:
    if not settings.DEMO:
        return []
    memberships = Membership.objects.filter(
        user__username__in=_OFFERED, user__is_demo=True, user__is_active=True
    ).select_related("user", "department", "office")
    # The last one assigned is the oldest: each user's first membership.
    first = {membership.user.username: membership for membership in memberships.order_by("-pk")}
    return [_demo_user(first[username]) for username in _OFFERED if username in first]


def _demo_user(membership: Membership) -> DemoUser:
    office = membership.office
    if membership.role == Role.REVIEWER and office:
        post = labels.OFFICE_KIND[office.kind]
    else:
        post = labels.ROLE[membership.role]
    return DemoUser(membership.user.username, post, f"{membership.place_name} {membership.user.name}")
