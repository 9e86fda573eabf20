"""Recipients of messages about events of filings."""

from collections.abc import Iterable

from filings import permissions
from filings.choices import Action, MessageKind, Role, Status
from filings.models import Event, Filing, User

# Actions whose recipients are given by the package that performs them.
NAMED = {Action.CLAIM: MessageKind.CLAIMED, Action.HAND_OVER: MessageKind.HANDED_OVER}


def kind_of(action: str, status: str) -> MessageKind | None:
    """Return the occasion of an action that led to a status; None if it has no message."""
    if action == Action.APPROVE_STAGE:
        return MessageKind.APPROVED if status == Status.APPROVED else MessageKind.SIGNED
    kinds = {
        Action.SUBMIT: MessageKind.SUBMITTED,
        Action.SEND_BACK: MessageKind.SENT_BACK,
        Action.SIGN: MessageKind.SIGNED,
        Action.RETURN: MessageKind.RETURNED,
        Action.REVOKE: MessageKind.REVOKED,
        Action.REMIND: MessageKind.REMINDED,
        Action.EXTEND: MessageKind.EXTENDED,
        Action.PUBLISH: MessageKind.PUBLISHED,
        Action.UNPUBLISH: MessageKind.UNPUBLISHED,
        Action.WITHHOLD: MessageKind.UNPUBLISHED,
        **NAMED,
    }
    return kinds.get(Action(action))


def users_for(kind: MessageKind, event: Event) -> list[User]:
    """Return the users whom an event concerns, without the one who performed it."""
    filing = event.filing
    if kind == MessageKind.SUBMITTED:
        users = members(filing, Role.HEAD)
    elif kind == MessageKind.SENT_BACK:
        users = members(filing, Role.FILLER)
    elif kind == MessageKind.SIGNED:
        users = reviewers(filing)
    elif kind == MessageKind.REMINDED:
        users = holders(filing)
    elif kind == MessageKind.REVOKED:
        users = [*members(filing, Role.FILLER, Role.HEAD), *reviewers(filing)]
    else:
        users = members(filing, Role.FILLER, Role.HEAD)
    return [user for user in users if user.pk != event.by_id]


def holders(filing: Filing) -> list[User]:
    """Return the users who have to act on the filing now."""
    return reviewers(filing) if filing.status == Status.IN_REVIEW else list(permissions.next_users(filing))


def reviewers(filing: Filing) -> list[User]:
    """Return who reviews the filing: the one who has claimed or returned it, otherwise all reviewers of the stage."""
    if filing.status != Status.IN_REVIEW:
        return []
    for user in (filing.reviewer, filing.resume_reviewer):
        if user and user.is_active and permissions.may_decide(user, filing):
            return [user]
    return list(permissions.next_users(filing))


def members(filing: Filing, *roles: Role) -> list[User]:
    return list(members_of(filing.department_id, roles))


def members_of(department_id: int, roles: Iterable[Role]) -> Iterable[User]:
    """Return the active users with one of the roles in a department."""
    memberships = {"memberships__department": department_id, "memberships__role__in": list(roles)}
    return User.objects.filter(is_active=True, **memberships).distinct()
