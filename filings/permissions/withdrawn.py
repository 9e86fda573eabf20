"""Filings withdrawn from review, which the reviewers who saw them may no longer see."""

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from filings.choices import Action, Role, Stage
from filings.models import Event, Filing, User
from filings.permissions.memberships import belongs_to, memberships_of, reviews_at


def withdrawals_from(user: User, filing_ids: Iterable[int]) -> list[Event]:
    """Return the withdrawal of each of these filings that the user saw as reviewer until then, by department.

    It is the first withdrawal after the last signature; later ones happened before the next signature. A filing that
    was decided on stays visible to its reviewers, so that only the stages up to the cycle's first one matter.
    """
    signed = Event.objects.filter(filing=OuterRef("filing"), action=Action.SIGN).order_by("-number")
    withdrawn = Event.objects.filter(
        filing__in=list(filing_ids), action=Action.WITHDRAW, number__gt=Subquery(signed.values("number")[:1])
    )
    events = withdrawn.select_related("filing__cycle__edition", "filing__department").order_by("-number")
    first = {event.filing_id: event for event in events}
    found = [event for event in first.values() if _saw(user, event.filing)]
    return sorted(found, key=lambda event: event.filing.department.code)


def _saw(user: User, filing: Filing) -> bool:
    """Whether the user sees filings of this department that are in review at the first stage of the cycle."""
    department, memberships = filing.department, memberships_of(user)
    if belongs_to(user, department):
        return False
    order = list(Stage)
    reached = order[: order.index(filing.cycle.stages_for(department)[0]) + 1]
    reviewing = [membership for membership in memberships if membership.role == Role.REVIEWER]
    is_reviewer = any(reviews_at(membership, stage, department) for membership in reviewing for stage in reached)
    return is_reviewer or any(membership.role == Role.MANAGER for membership in memberships)
