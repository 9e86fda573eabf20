"""The one door to filings: a stranger finds nothing (404), a wrong role is told why (403)."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from filings import permissions
from filings.models import Cycle, Filing, User
from filings.permissions import Access


class UserRequest(HttpRequest):
    """A request behind `login_required`: somebody is there."""

    user: User


def filing_or_404(user: User, filing_id: int) -> Filing:
    """A filing that this person may see; that others exist is not told."""
    permissions.remember(user)
    found = permissions.visible_to(user).filter(pk=filing_id)
    filing = found.select_related("cycle__edition", "department__section", "department__supervisor").first()
    if filing is None:
        raise Http404("没有这份申报表，或者它不归您办理。")
    return filing


def cycle_or_404(cycle_id: int) -> Cycle:
    """A cycle with its edition. Which of its filings a person may see is for `listed` to say."""
    cycle = Cycle.objects.select_related("edition").filter(pk=cycle_id).first()
    if cycle is None:
        raise Http404("没有这个申报批次。")
    return cycle


def demand(answer: Access) -> None:
    """Goes on when the answer is yes; raises PermissionDenied with its reason otherwise."""
    if not answer:
        raise PermissionDenied(answer.reason)


def listed(user: User) -> QuerySet[Filing]:
    """Every filing that this person may see, with what a list shows of it."""
    return permissions.visible_to(user).select_related("cycle", "department__section")
