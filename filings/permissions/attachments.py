"""Which attachments a user may add, remove and see."""

from django.db.models import Q, QuerySet

from filings.choices import Action, AttachmentKind, Role, Status
from filings.models import Attachment, Filing, User
from filings.permissions.actions import may_fill
from filings.permissions.cycles import may_act_in
from filings.permissions.memberships import as_member
from filings.permissions.pages import may_see_draft


def attachable_kinds(user: User, filing: Filing) -> tuple[AttachmentKind, ...]:
    """Return what the user may add and remove now: fillers all of a table in their hands, heads the signed scan."""
    if may_fill(user, filing):
        return tuple(AttachmentKind)
    is_signing = filing.status == Status.SIGNING and may_act_in(filing.cycle)
    return (AttachmentKind.SIGNED_SCAN,) if is_signing and as_member(user, filing.department, (Role.HEAD,)) else ()


def visible_attachments(user: User, filing: Filing) -> QuerySet[Attachment]:
    """Return the present ones for users who see drafts; for others those with which the table was signed last."""
    if may_see_draft(user, filing):
        return filing.attachments.filter(removed_at=None)
    signed_at = filing.events.filter(action=Action.SIGN).order_by("-number").values_list("at", flat=True).first()
    if signed_at is None:
        return filing.attachments.none()
    return filing.attachments.filter(Q(removed_at=None) | Q(removed_at__gt=signed_at), at__lte=signed_at)
