"""Permissions by membership, with reasons: which filings a user sees, and which actions the user may perform.

Whether a filing's status allows an action is decided in lifecycle/workflow.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects

from filings import four_eyes, labels
from filings.actions.table import ACTIONS, awaited_roles, awaited_statuses
from filings.choices import Action, OfficeKind, Role, Stage, Status
from filings.models import Department, Event, Filing, Membership, Review, Revision, User

# Actions that need another user than those who prepared the revision or decided on it before, by their status.
FOUR_EYES: Mapping[Action, Status] = {
    Action.SIGN: Status.SIGNING,
    Action.RETURN: Status.IN_REVIEW,
    Action.APPROVE_STAGE: Status.IN_REVIEW,
    Action.CLAIM: Status.IN_REVIEW,
}


@dataclass(frozen=True)
class Access:
    """A decision that is true if allowed: `acting` is the membership that allows it, `reason` explains a refusal."""

    allowed: bool
    reason: str = ""
    acting: Membership | None = None

    def __bool__(self) -> bool:
        return self.allowed


def may(user: User, action: Action, filing: Filing) -> Access:
    """Whether the user's roles and four eyes allow the action, regardless of the filing's status."""
    access = _by_role(user, action, filing)
    if not access or not _needs_another_user(action, filing):
        return access
    reason = four_eyes.excluded(filing).get(user.pk)
    return Access(False, reason) if reason else access


def allowed(user: User, filing: Filing, actions: Iterable[Action]) -> tuple[Action, ...]:
    """Return those of the actions that `may` allows, with few queries."""
    by_role = tuple(action for action in actions if _by_role(user, action, filing))
    left = tuple(action for action in by_role if not _needs_another_user(action, filing))
    return left if left != by_role and user.pk in four_eyes.excluded(filing) else by_role


def _needs_another_user(action: Action, filing: Filing) -> bool:
    return FOUR_EYES.get(action) == filing.status


def _by_role(user: User, action: Action, filing: Filing) -> Access:
    if action == Action.WAIVE:
        return may_waive(user, filing)
    if action == Action.REVOKE:
        return may_revoke(user, filing)
    roles = ACTIONS[action].roles
    return _reviews(user, filing) if Role.REVIEWER in roles else _as_member(user, filing.department, roles)


def may_start(user: User, department: Department) -> Access:
    """Whether the user may start the department's filing."""
    return _as_member(user, department, ACTIONS[Action.START].roles)


def may_fill(user: User, filing: Filing) -> Access:
    """Whether the user may edit the draft in its present status."""
    if not filing.is_editable:
        return Access(False, "这份申报表已经提交，不能修改；需要修改的，请先撤回或等待退回。")
    return _as_member(user, filing.department, (Role.FILLER,))


def may_decide(user: User, filing: Filing) -> Access:
    """Whether the user may approve or return the filing at its present stage. Members of its department may not."""
    return may(user, Action.APPROVE_STAGE, filing)


def may_revoke(user: User, filing: Filing) -> Access:
    """Whether the user may revoke the approval: managers, and reviewers of the cycle's last stage."""
    memberships = _memberships(user)
    if any(membership.department_id == filing.department_id for membership in memberships):
        return Access(False, f"您在「{filing.department}」任职，不能撤回本单位的批复。")
    last = filing.cycle.stages[-1]
    for membership in memberships:
        reviews = membership.role == Role.REVIEWER and _reviews_at(membership, last, filing.department)
        if reviews or membership.role == Role.MANAGER:
            return Access(True, acting=membership)
    return Access(False, f"撤回批复由{labels.STAGE[last]}的审核人或管理员办理。")


def _reviews(user: User, filing: Filing) -> Access:
    memberships = _memberships(user)
    if any(membership.department_id == filing.department_id for membership in memberships):
        return Access(False, f"您在「{filing.department}」任职，不能审核本单位的申报表。")
    for membership in memberships:
        if membership.role == Role.REVIEWER and _reviews_at(membership, filing.stage, filing.department):
            return Access(True, acting=membership)
    return Access(False, "您不是这份申报表当前审核环节的审核人。")


def may_waive(user: User, filing: Filing) -> Access:
    """Whether the user may waive errors of the filing.

    Only the finance bureau may: managers at any time, reviewers of its offices at their own stage. Members of the
    filing's department may not.
    """
    memberships = _memberships(user)
    if any(membership.department_id == filing.department_id for membership in memberships):
        return Access(False, f"您在「{filing.department}」任职，不能豁免本单位的核对结果。")
    for membership in memberships:
        if not membership.office_id or membership.role not in ACTIONS[Action.WAIVE].roles:
            continue
        if membership.role != Role.REVIEWER or _reviews_at(membership, filing.stage, filing.department):
            return Access(True, acting=membership)
    return Access(False, "只有财政局可以豁免核对结果。")


def may_collect(user: User, filing: Filing) -> Access:
    """Whether the user may add rows of the issued table to the library: reviewers and managers of the bureau."""
    allowed = (Role.REVIEWER, Role.MANAGER)
    in_bureau = (membership for membership in _memberships(user) if membership.office_id)
    acting = next((membership for membership in in_bureau if membership.role in allowed), None)
    if acting is None:
        return Access(False, "只有财政局的审核人和管理员可以收入指标库。")
    if filing.department.withheld:
        return Access(False, f"「{filing.department}」涉密，它的指标不收入指标库。")
    if not filing.issued_copies.filter(live=True).exists():
        return Access(False, "这份申报表还没有批复，批复后才能收入指标库。")
    return Access(True, acting=acting)


def may_manage(user: User) -> Access:
    """Whether the user may manage what all departments share: control figures, and reports of failed rules."""
    acting = next((membership for membership in _memberships(user) if membership.role == Role.MANAGER), None)
    return Access(True, acting=acting) if acting else Access(False, "这一项由管理员办理。")


def reads_as_reviewer(user: User, filing: Filing | None = None) -> bool:
    """Whether findings are worded for reviewers: users who review or manage, except for their own department."""
    memberships = _memberships(user)
    if filing and any(membership.department_id == filing.department_id for membership in memberships):
        return False
    return any(membership.role in (Role.REVIEWER, Role.MANAGER) for membership in memberships)


def has_post(user: User) -> Access:
    """Whether the user has any membership."""
    if _memberships(user):
        return Access(True)
    return Access(False, "您的账号还没有任职，请与财政局绩效股联系。")


def may_see_draft(user: User, filing: Filing) -> Access:
    """Whether the user sees drafts: members of the department and managers. Reviewers see the last signed revision."""
    for membership in _memberships(user):
        if membership.role == Role.MANAGER or membership.department_id == filing.department_id:
            return Access(True, acting=membership)
    return Access(False, "填报中的内容只有本单位和管理员可以看；您看到的是最近一次提交的版本。")


def visible_revisions(user: User, filing: Filing) -> QuerySet[Revision]:
    """Return all revisions for the department and managers; for others those that the head has signed."""
    if may_see_draft(user, filing):
        return filing.revisions.all()
    signed = filing.events.filter(action=Action.SIGN).order_by("-number").first()
    return filing.revisions.filter(submitted_at__lte=signed.at) if signed else filing.revisions.none()


def all_visible_revisions(user: User) -> QuerySet[Revision]:
    """Return the `visible_revisions` of all filings that the user may see, with one query."""
    memberships = _memberships(user)
    visible = Revision.objects.filter(filing__in=visible_to(user))
    if may_manage(user):
        return visible
    own = [membership.department_id for membership in memberships if membership.department_id]
    signings = Event.objects.filter(filing=OuterRef("filing"), action=Action.SIGN).order_by("-number")
    signed = Q(submitted_at__lte=Subquery(signings.values("at")[:1]))
    return visible.filter(signed | Q(filing__department__in=own))


def visible_to(user: User) -> QuerySet[Filing]:
    """Return the filings that the user may see. For all others, views answer 404 as if they did not exist."""
    return Filing.objects.filter(_any(_seen_through(membership) for membership in _memberships(user)))


def awaiting(user: User) -> QuerySet[Filing]:
    """Return the filings that wait for an action of this user."""
    memberships = _memberships(user)
    own = [membership.department_id for membership in memberships if membership.department_id]
    next_steps = _any(_awaited_by(membership) for membership in memberships)
    waiting = Filing.objects.filter(next_steps).exclude(status=Status.IN_REVIEW, department__in=own)
    return waiting.exclude(four_eyes.excludes(user))


def next_users(filing: Filing) -> QuerySet[User]:
    """Return the active users for whom the filing waits; for an approved filing, its fillers."""
    department = filing.department
    users = User.objects.filter(is_active=True).exclude(pk__in=four_eyes.excluded(filing))
    if filing.status == Status.IN_REVIEW:
        reviewers = Membership.objects.filter(_reviewers_at(filing.stage, department), role=Role.REVIEWER)
        return users.filter(memberships__in=reviewers).exclude(memberships__department=department).distinct()
    roles = awaited_roles(filing.status) or (Role.FILLER,)
    members = Membership.objects.filter(role__in=roles, department=department)
    return users.filter(memberships__in=members).distinct()


def prefetch_memberships(user: User) -> None:
    """Load the user's memberships once per request; every function of this module needs them."""
    memberships = Membership.objects.select_related("department", "office")
    prefetch_related_objects([user], Prefetch("memberships", memberships, to_attr="known_memberships"))


def _memberships(user: User) -> list[Membership]:
    known: list[Membership] | None = getattr(user, "known_memberships", None)
    return list(user.memberships.select_related("department", "office")) if known is None else known


def _as_member(user: User, department: Department, roles: Iterable[str]) -> Access:
    for membership in _memberships(user):
        if membership.role in roles and membership.department_id == department.pk:
            return Access(True, acting=membership)
    if Role.HEAD in roles:
        return Access(False, f"这一步由「{department}」的单位负责人办理。")
    return Access(False, f"这一步由「{department}」的填报人办理。")


def _reviews_at(membership: Membership, stage: str, department: Department) -> bool:
    if stage == Stage.SUPERVISOR:
        return membership.department_id is not None and membership.department_id == department.supervisor_id
    if stage == Stage.SECTION:
        return membership.office_id is not None and membership.office_id == department.section_id
    office = membership.office
    return stage == Stage.PERFORMANCE and office is not None and office.kind == OfficeKind.PERFORMANCE


def _reviewers_at(stage: str, department: Department) -> Q:
    """Select the memberships that review at this stage: `_reviews_at` as a query."""
    return {
        Stage.SUPERVISOR: Q(department__isnull=False, department=department.supervisor_id),
        Stage.SECTION: Q(office__isnull=False, office=department.section_id),
        Stage.PERFORMANCE: Q(office__kind=OfficeKind.PERFORMANCE),
    }[Stage(stage)]


def _reviewed_by(membership: Membership) -> dict[Stage, Q]:
    """Select the filings that a reviewer's membership concerns, by stage."""
    if membership.department_id:
        return {Stage.SUPERVISOR: Q(department__supervisor=membership.department_id)}
    filings = {Stage.SECTION: Q(department__section=membership.office_id)}
    if membership.office and membership.office.kind == OfficeKind.PERFORMANCE:
        filings[Stage.PERFORMANCE] = _all()
    return filings


def _seen_through(membership: Membership) -> Q:
    if membership.role == Role.MANAGER:
        return _all()
    visible = Q(department=membership.department_id) if membership.department_id else _none()
    if membership.role == Role.REVIEWER:
        visible |= _any(filings & _has_reached(stage) for stage, filings in _reviewed_by(membership).items())
    return visible


def _awaited_by(membership: Membership) -> Q:
    statuses = awaited_statuses(membership.role)
    if membership.role == Role.REVIEWER:
        stages = _any(filings & Q(stage=stage) for stage, filings in _reviewed_by(membership).items())
        return stages & Q(status__in=statuses)
    return Q(department=membership.department_id, status__in=statuses) if statuses else _none()


def _has_reached(stage: Stage) -> Q:
    """Select the filings that are at this stage or a later one, or were decided on there."""
    order = list(Stage)
    stages = order[order.index(stage) :]
    return Q(stage__in=stages) | Q(Exists(Review.objects.filter(revision__filing=OuterRef("pk"), stage__in=stages)))


def _any(conditions: Iterable[Q]) -> Q:
    union = _none()
    for condition in conditions:
        union |= condition
    return union


def _all() -> Q:
    return Q(pk__isnull=False)


def _none() -> Q:
    return Q(pk__in=[])
