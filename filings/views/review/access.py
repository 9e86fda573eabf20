"""Access to a review's draft, and who has changed the filing meanwhile."""

from django.core.signing import BadSignature, Signer

from filings import permissions
from filings.actions.table import label_of
from filings.local_time import moment
from filings.models import Event, Filing, User
from filings.views.access import demand, filing_or_404

_SIGNER = Signer(salt="review page")


def page_signature(filing: Filing, user: User) -> str:
    """Sign a review page on which the user may decide, so that what was typed there is stored whatever happens then."""
    return _SIGNER.signature(f"{filing.pk}:{user.pk}")


def is_signed(filing_id: int, user_id: int, signature: str) -> bool:
    """Whether a post comes from a review page that this user has opened."""
    try:
        _SIGNER.unsign(f"{filing_id}:{user_id}:{signature}")
    except BadSignature:
        return False
    return True


def filing_for_draft(user: User, filing_id: int, signature: str) -> Filing:
    """Fetch a filing that the user reviews, or whose review page the user has opened.

    Raises Http404 or PermissionDenied.
    """
    if filing := opened_filing(user, filing_id, signature):
        return filing
    filing = filing_or_404(user, filing_id)
    demand(permissions.may_decide(user, filing))
    return filing


def opened_filing(user: User, filing_id: int, signature: str) -> Filing | None:
    """Return the filing if the user has a draft on it or posts a signed page, whatever has become of it.

    What a reviewer has typed can be saved even if the filing is withdrawn meanwhile.
    """
    if is_signed(filing_id, user.pk, signature):
        return Filing.objects.select_related("cycle", "department").filter(pk=filing_id).first()
    return drafted_filing(user, filing_id)


def drafted_filing(user: User, filing_id: int) -> Filing | None:
    """Return the filing if the user has a draft on one of its revisions."""
    drafted = Filing.objects.filter(pk=filing_id, revisions__review_drafts__by=user).distinct()
    return drafted.select_related("cycle", "department").first()


def last_action(filing: Filing) -> str:
    """Format the last action as in 「王敏于 2026-11-29 13:30 撤回修改」."""
    event = filing.events.order_by("-number").first()
    return described(event) if event else ""


def described(event: Event) -> str:
    return f"{event.by_name}于 {moment(event.at)} {label_of(event.action)}"
