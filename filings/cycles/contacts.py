"""Who answers questions about a cycle: lines that managers type, else the reviewers with a telephone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from filings.choices import OfficeKind, Role
from filings.models import Cycle, Membership, User

MOST_LINES = 20
LONGEST_LINE = 100
_SEPARATOR = re.compile(r"[，,\t]")
_FORMAT = (
    "每行依次填写姓名、股室、电话、办公时间（可不填），用逗号分开，如：刘洋，绩效股，0734-5220000，工作日 8:30—17:30"
)
_USUAL_HOURS = "工作日"


class ContactError(ValueError):
    """Raised for lines that cannot be read as contacts; the message is the reason."""


@dataclass(frozen=True)
class Contact:
    name: str
    office: str
    telephone: str
    hours: str = ""

    def __str__(self) -> str:
        return "，".join(part for part in (self.name, self.office, self.telephone, self.hours) if part)


def parse(text: str) -> tuple[Contact, ...]:
    """Parse typed lines. Raises ContactError."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise ContactError(f"联系方式最多 {MOST_LINES} 行，填写了 {len(lines)} 行。")
    return tuple(_contact(number, line) for number, line in enumerate(lines, start=1))


def _contact(number: int, line: str) -> Contact:
    if len(line) > LONGEST_LINE:
        raise ContactError(f"第 {number} 行有 {len(line)} 字，最多 {LONGEST_LINE} 字。")
    parts = [part.strip() for part in _SEPARATOR.split(line, maxsplit=3)]
    if len(parts) < 3 or not all(parts[:3]):
        raise ContactError(f"第 {number} 行「{line}」不完整。{_FORMAT}。")
    if sum(character.isdigit() for character in parts[2]) < 3:
        raise ContactError(f"第 {number} 行的电话「{parts[2]}」不是电话号码。{_FORMAT}。")
    return Contact(*parts)


def contacts_for(cycle: Cycle | None, user: User) -> tuple[Contact, ...]:
    """Return the contacts of a cycle; if none are typed, reviewers of the user's sections and performance office."""
    return parse(cycle.contacts) if cycle and cycle.contacts else tuple(_reviewers(user))


def _reviewers(user: User) -> Iterator[Contact]:
    own = user.memberships.filter(department__isnull=False).values("department")
    reviewing = Membership.objects.filter(role=Role.REVIEWER, user__is_active=True).exclude(user__telephone="")
    concerned = reviewing.filter(
        Q(office__kind=OfficeKind.PERFORMANCE) | Q(office__departments__in=own, office__kind=OfficeKind.SECTION)
    )
    for membership in concerned.select_related("user", "office").order_by("office", "pk").distinct()[:MOST_LINES]:
        yield Contact(membership.user.name, str(membership.office), membership.user.telephone, _USUAL_HOURS)
