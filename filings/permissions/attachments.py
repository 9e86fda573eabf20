"""Which attachments a user may add, remove, see and download."""

from datetime import datetime

from django.db.models import Q, QuerySet, Subquery

from filings.choices import Action, AttachmentKind, Role, Status
from filings.models import Attachment, Filing, Revision, User
from filings.permissions.actions import may_fill
from filings.permissions.cycles import may_act_in
from filings.permissions.lists import visible_revisions
from filings.permissions.memberships import as_member
from filings.permissions.pages import may_see_draft


def attachable_kinds(user: User, filing: Filing) -> tuple[AttachmentKind, ...]:
    """Return the kinds that the user may add and remove now: fillers all while they edit, heads the signed scan."""
    if may_fill(user, filing):
        return tuple(AttachmentKind)
    is_signing = filing.status == Status.SIGNING and may_act_in(filing.cycle)
    return (AttachmentKind.SIGNED_SCAN,) if is_signing and as_member(user, filing.department, (Role.HEAD,)) else ()


def visible_attachments(user: User, filing: Filing) -> QuerySet[Attachment]:
    """Return the present ones for users who see drafts; for others those with which the table was signed last."""
    if may_see_draft(user, filing):
        return filing.present_attachments()
    signings = filing.events.filter(action=Action.SIGN).order_by("-number")
    signed_at = Subquery(signings.values("at")[:1])
    signed = filing.revisions.filter(submitted_at__lte=signed_at, cancelled=None).order_by("-number")
    return filing.attachments.filter(_with(Subquery(signed.values("number")[:1]), signed_at))


def readable_attachments(user: User, filing: Filing) -> QuerySet[Attachment]:
    """Return what the user may download: the visible ones, and those of the revisions that the user may see."""
    readable = Q(pk__in=visible_attachments(user, filing).values("pk"))
    for revision in visible_revisions(user, filing):
        readable |= _with(revision.number, _frozen_at(revision))
    return filing.attachments.filter(readable)


def attachments_of(revision: Revision) -> QuerySet[Attachment]:
    """Return the attachments with which a revision was signed, or submitted as long as it is not signed."""
    return revision.filing.attachments.filter(_with(revision.number, _frozen_at(revision)))


def _frozen_at(revision: Revision) -> datetime:
    """Return when the attachments of a revision were fixed. Heads add the signed scan after the submission."""
    signings = revision.filing.events.filter(action=Action.SIGN, at__gte=revision.submitted_at)
    following = revision.filing.revisions.filter(number__gt=revision.number).order_by("number").first()
    if following:
        signings = signings.filter(at__lt=following.submitted_at)
    signed_at = signings.order_by("number").values_list("at", flat=True).first()
    return signed_at or revision.submitted_at


def _with(number: int | Subquery, moment: datetime | Subquery) -> Q:
    """Select what a revision had at a moment: signed scans of its own number, and all others."""
    present = Q(removed_at=None, at__lte=moment) | Q(removed_at__gt=moment, at__lte=moment)
    return present & (Q(revision_number=None) | Q(revision_number=number))
