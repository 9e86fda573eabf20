"""Access to the editor's filing."""

from filings import permissions
from filings.models import Filing
from filings.views.access import UserRequest, demand, filing_or_404


def own_filing(request: UserRequest, filing_id: int) -> Filing:
    """Fetch a filing of a department that the user fills in for, in any status and cycle: drafts.save checks both.

    Raises Http404 or PermissionDenied.
    """
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may_start(request.user, filing.department))
    return filing
