"""Access to a review's draft, and who has changed the filing meanwhile."""

from django.core.signing import BadSignature, Signer

from filings import permissions
from filings.actions.table import ACTIONS, label_of
from filings.choices import Action, Status
from filings.local_time import moment
from filings.models import Event, Filing, Revision, User
from filings.permissions import Access
from filings.views.access import demand, filing_or_404
from filings.views.review.posted_draft import PostedDraft

_SIGNER = Signer(salt="review page")


def page_signature(revision: Revision, user: User) -> str:
    """Sign a review page on which the user may decide, so that what was typed there is stored whatever happens then.

    It permits nothing else, and no other revision.
    """
    return _SIGNER.signature(_signed(revision.filing_id, revision.number, user.pk))


def is_signed(filing_id: int, posted: PostedDraft) -> bool:
    """Whether a post comes from a page of this filing and revision that the posted user has opened."""
    try:
        _SIGNER.unsign(f"{_signed(filing_id, posted.revision, posted.user_id)}:{posted.signature}")
    except BadSignature:
        return False
    return True


def _signed(filing_id: int, revision: int, user_id: int) -> str:
    return f"{filing_id}:{revision}:{user_id}"


def may_decide_now(user: User, filing: Filing) -> Access:
    """Whether the filing is in review, and the user may decide on it."""
    if filing.status != Status.IN_REVIEW:
        return Access(False, ACTIONS[Action.APPROVE_STAGE].out_of_turn)
    return permissions.may_decide(user, filing)


def decidable_revision(user: User, filing: Filing, posted: PostedDraft | None) -> Revision | None:
    """Return the revision that the page displayed if the user may decide on the filing now and may see it."""
    if posted is None or not may_decide_now(user, filing):
        return None
    return permissions.visible_revisions(user, filing).filter(number=posted.revision).first()


def filing_for_draft(user: User, filing_id: int, posted: PostedDraft | None) -> Filing:
    """Fetch a filing to store a draft on: one that the user reviews, or whose review page the user has opened.

    Raises Http404 or PermissionDenied.
    """
    if filing := opened_filing(user, filing_id, posted):
        return filing
    filing = filing_or_404(user, filing_id)
    demand(may_decide_now(user, filing))
    return filing


def opened_filing(user: User, filing_id: int, posted: PostedDraft | None) -> Filing | None:
    """Return the filing if the user posts a signed page or has a draft on its revision, whatever has become of it.

    What a reviewer has typed can be saved even if the filing is withdrawn meanwhile. A post without the numbers of its
    page needs a draft on any revision.
    """
    if posted is None:
        return drafted_filing(user, filing_id)
    filings = Filing.objects.select_related("cycle", "department").filter(pk=filing_id)
    if posted.user_id != user.pk or not is_signed(filing_id, posted):
        filings = filings.filter(revisions__number=posted.revision, revisions__review_drafts__by=user)
    return filings.first()


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
