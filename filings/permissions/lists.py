"""Filings and revisions of a user, and the users for whom a filing waits."""

from django.db.models import OuterRef, Q, QuerySet, Subquery

from filings import four_eyes
from filings.actions.table import awaited_roles
from filings.choices import Action, Role, Status
from filings.models import Department, Event, Filing, Membership, Revision, User
from filings.permissions.conditions import any_of, awaited_by, every, reviewing_at, seen_as_reviewer, seen_through
from filings.permissions.memberships import memberships_of, own_departments
from filings.permissions.pages import may_manage, may_see_draft


def visible_to(user: User) -> QuerySet[Filing]:
    """Return the filings that the user may see. For all others, views answer 404 as if they did not exist."""
    return Filing.objects.filter(any_of(seen_through(membership) for membership in memberships_of(user)))


def visible_revisions(user: User, filing: Filing) -> QuerySet[Revision]:
    """Return all revisions for the department and managers; for others those that the head has signed."""
    if may_see_draft(user, filing):
        return filing.revisions.all()
    return filing.revisions.filter(_is_signed())


def last_visible_revision(user: User, filing: Filing) -> Revision | None:
    """Return the newest of the `visible_revisions` that is not cancelled."""
    return visible_revisions(user, filing).filter(cancelled=None).order_by("-number").first()


def all_visible_revisions(user: User) -> QuerySet[Revision]:
    """Return the `visible_revisions` of all filings that the user may see, with one query."""
    return Revision.objects.filter(_readable_revisions(user), filing__in=visible_to(user))


def newest_visible_revision(user: User) -> Subquery:
    """Select the key of the newest visible revision of each filing, for annotating filings that the user may see.

    Cancelled revisions do not count.
    """
    revisions = Revision.objects.filter(_readable_revisions(user), filing=OuterRef("pk"), cancelled=None)
    return Subquery(revisions.order_by("-number").values("pk")[:1])


def newest_signed_revision() -> Subquery:
    """Select the key of the newest revision that the department's head has signed, for annotating filings."""
    revisions = Revision.objects.filter(_is_signed(), filing=OuterRef("pk"), cancelled=None)
    return Subquery(revisions.order_by("-number").values("pk")[:1])


def _readable_revisions(user: User) -> Q:
    """Select `visible_revisions` among those of visible filings."""
    if may_manage(user):
        return every()
    return _is_signed() | Q(filing__department__in=own_departments(memberships_of(user)))


def _is_signed() -> Q:
    signings = Event.objects.filter(filing=OuterRef("filing"), action=Action.SIGN).order_by("-number")
    return Q(submitted_at__lte=Subquery(signings.values("at")[:1]))


def reviewed_by(user: User) -> QuerySet[Filing]:
    """Return the filings that the user sees as reviewer; for managers all that have reached a review."""
    memberships = memberships_of(user)
    seen = any_of(seen_as_reviewer(membership) for membership in memberships)
    return Filing.objects.filter(seen).exclude(department__in=own_departments(memberships))


def decidable_by(user: User) -> Q:
    """Select the filings on which the user may decide at their present stage, including those claimed by others."""
    memberships = memberships_of(user)
    stages = any_of(awaited_by(membership) for membership in memberships if membership.role == Role.REVIEWER)
    excluded = Q(department__in=own_departments(memberships)) | four_eyes.excludes(user)
    return stages & Q(status=Status.IN_REVIEW, cycle__closed_at=None) & ~excluded


def claimed_by_another(user: User) -> Q:
    """Select the filings that another user has claimed; claims of disabled accounts do not count."""
    return Q(reviewer__is_active=True) & ~Q(reviewer=user)


def awaiting(user: User) -> QuerySet[Filing]:
    """Return the filings that wait for an action of this user, without those that another reviewer has claimed."""
    memberships = memberships_of(user)
    next_steps = any_of(awaited_by(membership) for membership in memberships)
    own = Q(status=Status.IN_REVIEW, department__in=own_departments(memberships))
    waiting = Filing.objects.filter(next_steps, cycle__closed_at=None).exclude(own).exclude(claimed_by_another(user))
    return waiting.exclude(four_eyes.excludes(user))


def reviewers_of_stage(stage: str, department: Department) -> QuerySet[User]:
    """Return the active reviewers of the stage, including members of the department itself."""
    reviewers = Membership.objects.filter(reviewing_at(stage, department), role=Role.REVIEWER)
    return User.objects.filter(is_active=True, memberships__in=reviewers).distinct()


def reviewers_at(stage: str, department: Department) -> QuerySet[User]:
    """Return the active users who may decide on the department's filing at this stage."""
    return reviewers_of_stage(stage, department).exclude(memberships__department=department)


def next_users(filing: Filing) -> QuerySet[User]:
    """Return the active users for whom the filing waits; for an approved filing, its fillers."""
    department = filing.department
    users = User.objects.filter(is_active=True).exclude(pk__in=four_eyes.excluded(filing))
    if filing.status == Status.IN_REVIEW:
        return reviewers_at(filing.stage, department).exclude(pk__in=four_eyes.excluded(filing))
    roles = awaited_roles(filing.status) or (Role.FILLER,)
    members = Membership.objects.filter(role__in=roles, department=department)
    return users.filter(memberships__in=members).distinct()
