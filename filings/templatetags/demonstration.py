"""The standing people of the demonstration, whom the login page offers as buttons. None without DEMO."""

from dataclasses import dataclass

from django import template
from django.conf import settings

from filings import labels
from filings.choices import OfficeKind, Role
from filings.models import Membership

register = template.Library()
STANDING = ("demo-filler", "demo-head", "demo-section", "demo-performance", "demo-manager")


@dataclass(frozen=True)
class DemoUser:
    """A button: which post, where, and whom it logs in."""

    username: str
    post: str
    place: str


@register.simple_tag
def demo_people() -> list[DemoUser]:
    if not settings.DEMO:
        return []
    held = Membership.objects.filter(user__username__in=STANDING, user__is_demo=True, user__is_active=True)
    first = {post.user.username: post for post in held.select_related("user", "department", "office").order_by("-pk")}
    return [_person(first[username]) for username in STANDING if username in first]


def _person(membership: Membership) -> DemoUser:
    office = membership.office
    if membership.role == Role.REVIEWER and office:
        post = labels.OFFICE_KIND[OfficeKind(office.kind)]
    else:
        post = labels.ROLE[membership.role]
    return DemoUser(membership.user.username, str(post), f"{membership.place_name} {membership.user.name}")
