"""Fetch what the pages of publication concern."""

from django.http import Http404

from filings import permissions
from filings.models import Cycle, Filing
from filings.publication.listing import approved_of
from filings.views.access import UserRequest, cycle_or_404, demand


def publishing_cycle(request: UserRequest, cycle_id: int) -> Cycle:
    """Return a cycle for a user who publishes. Raises PermissionDenied for others."""
    permissions.prefetch_memberships(request.user)
    demand(permissions.may_publish(request.user))
    return cycle_or_404(cycle_id)


def publishable_filing(request: UserRequest, cycle: Cycle, filing_id: int) -> Filing:
    """Return an approved or withheld filing of the cycle. Raises PermissionDenied for the own department's."""
    filing = approved_of(cycle).filter(pk=filing_id).select_related("cycle__edition", "department").first()
    if filing is None:
        raise Http404("本批次没有这份已批复的申报表。")
    demand(permissions.may_publish(request.user, filing.department))
    return filing
