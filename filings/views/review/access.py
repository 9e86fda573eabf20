"""Access to a review's draft, and who has changed the filing meanwhile."""

from filings import permissions
from filings.actions.table import label_of
from filings.local_time import moment
from filings.models import Filing, User
from filings.views.access import demand, filing_or_404


def filing_for_draft(user: User, filing_id: int) -> Filing:
    """Fetch a filing that the user reviews, or has a draft on.

    What a reviewer has typed can be saved even if the filing is withdrawn meanwhile. Raises Http404 or
    PermissionDenied.
    """
    if filing := drafted_filing(user, filing_id):
        return filing
    filing = filing_or_404(user, filing_id)
    demand(permissions.may_decide(user, filing))
    return filing


def drafted_filing(user: User, filing_id: int) -> Filing | None:
    """Return the filing if the user has a draft on one of its revisions, whatever has become of it."""
    drafted = Filing.objects.filter(pk=filing_id, revisions__review_drafts__by=user).distinct()
    return drafted.select_related("cycle", "department").first()


def last_action(filing: Filing) -> str:
    """Format the last action as in 「王敏于 2026-11-29 13:30 撤回修改」."""
    event = filing.events.order_by("-number").first()
    if event is None:
        return ""
    when = moment(event.at)
    return f"{event.by_name}于 {when} {label_of(event.action)}"
