"""Permissions by membership, with reasons: which filings a user sees, and which actions the user may perform.

Whether a filing's status allows an action is decided in lifecycle/workflow.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects

from filings import four_eyes, labels
from filings.actions.table import ACTIONS, awaited_roles, awaited_statuses
from filings.choices import Action, OfficeKind, Role, Stage, Status
from filings.models import Consultation, Department, Event, Filing, Membership, Review, Revision, User

# Actions of each status from which users who prepared or decided on the revision before are excluded.
FOUR_EYES: Mapping[str, frozenset[Action]] = {
    Status.SIGNING: frozenset({Action.SIGN}),
    Status.IN_REVIEW: frozenset({Action.RETURN, Action.APPROVE_STAGE, Action.CLAIM}),
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
    if not access or action not in FOUR_EYES.get(filing.status, ()):
        return access
    reason = four_eyes.excluded(filing).get(user.pk)
    return Access(False, reason) if reason else access


def allowed(user: User, filing: Filing, actions: Iterable[Action]) -> tuple[Action, ...]:
    """Return those of the actions that `may` allows, with few queries."""
    by_role = tuple(action for action in actions if _by_role(user, action, filing))
    barred = FOUR_EYES.get(filing.status, frozenset()).intersection(by_role)
    if not barred or user.pk not in four_eyes.excluded(filing):
        return by_role
    return tuple(action for action in by_role if action not in barred)


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


def may_answer(user: User, consultation: Consultation) -> Access:
    """Whether the user may answer a question: its addressee, or a member of the office that it was sent to."""
    for membership in _memberships(user):
        if consultation.to_user_id == user.pk or membership.office_id == consultation.to_office_id is not None:
            return Access(True, acting=membership)
    return Access(False, "这次征求意见不是发给您的。")


def may_withdraw_question(user: User, consultation: Consultation) -> Access:
    """Whether the user may withdraw a question: the user who asked it, acting for the same office if still a member."""
    if consultation.by_id != user.pk:
        return Access(False, "只有提出的人可以撤回征求意见。")
    memberships = sorted(_memberships(user), key=lambda each: each.place_name != consultation.by_office)
    if memberships:
        return Access(True, acting=memberships[0])
    return has_post(user)


def consultations_for(user: User) -> QuerySet[Consultation]:
    """Return the questions addressed to the user or to an office of the user, and those that the user has asked."""
    offices = [membership.office_id for membership in _memberships(user) if membership.office_id]
    return Consultation.objects.filter(Q(to_user=user) | Q(to_office__in=offices) | Q(by=user))


def may_see_scores(user: User, filing: Filing) -> Access:
    """Whether the user sees the score sheets of a visible filing: its reviewers and managers, not its department."""
    memberships = _memberships(user)
    if any(membership.department_id == filing.department_id for membership in memberships):
        return Access(False, "评分只有审核人和管理员可以看。")
    acting = next((each for each in memberships if each.role in (Role.REVIEWER, Role.MANAGER)), None)
    return Access(True, acting=acting) if acting else Access(False, "评分只有审核人和管理员可以看。")


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


def may_oversee(user: User) -> Access:
    """Whether the user sees the list of a cycle's departments: reviewers of the bureau's offices, and managers."""
    acting = next(iter(bureau_memberships(user)), None)
    return Access(True, acting=acting) if acting else Access(False, "这一页由财政局的审核人和管理员使用。")


def reviews(user: User) -> bool:
    """Whether the user is a reviewer of any stage."""
    return any(membership.role == Role.REVIEWER for membership in _memberships(user))


def may_review(user: User) -> bool:
    """Whether the user has a review queue: reviewers and managers."""
    return reviews(user) or bool(may_manage(user))


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


def may_see_internal(user: User, filing: Filing) -> Access:
    """Whether the user sees internal remarks: members of the bureau's offices, unless they belong to the department."""
    memberships = _memberships(user)
    acting = next((membership for membership in memberships if membership.office_id), None)
    if acting is None or any(membership.department_id == filing.department_id for membership in memberships):
        return Access(False, "内部意见只有财政局的人员可以看。")
    return Access(True, acting=acting)


def visible_revisions(user: User, filing: Filing) -> QuerySet[Revision]:
    """Return all revisions for the department and managers; for others those that the head has signed."""
    if may_see_draft(user, filing):
        return filing.revisions.all()
    signed = filing.events.filter(action=Action.SIGN).order_by("-number").first()
    return filing.revisions.filter(submitted_at__lte=signed.at) if signed else filing.revisions.none()


def all_visible_revisions(user: User) -> QuerySet[Revision]:
    """Return the `visible_revisions` of all filings that the user may see, with one query."""
    return Revision.objects.filter(_readable_revisions(user), filing__in=visible_to(user))


def newest_visible_revision(user: User) -> Subquery:
    """Select the key of the newest visible revision of each filing, for annotating filings that the user may see."""
    revisions = Revision.objects.filter(_readable_revisions(user), filing=OuterRef("pk"))
    return Subquery(revisions.order_by("-number").values("pk")[:1])


def visible_to(user: User) -> QuerySet[Filing]:
    """Return the filings that the user may see. For all others, views answer 404 as if they did not exist."""
    return Filing.objects.filter(_any(_seen_through(membership) for membership in _memberships(user)))


def reviewed_by(user: User) -> QuerySet[Filing]:
    """Return the filings that the user sees as reviewer; for managers all that have reached a review."""
    memberships = _memberships(user)
    seen = _any(_seen_as_reviewer(membership) for membership in memberships)
    return Filing.objects.filter(seen).exclude(department__in=_own_departments(memberships))


def decidable_by(user: User) -> Q:
    """Select the filings on which the user may decide at their present stage, including those claimed by others."""
    memberships = _memberships(user)
    stages = _any(_awaited_by(membership) for membership in memberships if membership.role == Role.REVIEWER)
    excluded = Q(department__in=_own_departments(memberships)) | four_eyes.excludes(user)
    return stages & Q(status=Status.IN_REVIEW) & ~excluded


def claimed_by_another(user: User) -> Q:
    """Select the filings that another user has claimed; claims of disabled accounts do not count."""
    return Q(reviewer__is_active=True) & ~Q(reviewer=user)


def awaiting(user: User) -> QuerySet[Filing]:
    """Return the filings that wait for an action of this user, without those that another reviewer has claimed."""
    memberships = _memberships(user)
    next_steps = _any(_awaited_by(membership) for membership in memberships)
    own = Q(status=Status.IN_REVIEW, department__in=_own_departments(memberships))
    waiting = Filing.objects.filter(next_steps).exclude(own).exclude(claimed_by_another(user))
    return waiting.exclude(four_eyes.excludes(user))


def reviewers_of_stage(stage: str, department: Department) -> QuerySet[User]:
    """Return the active reviewers of the stage, including members of the department itself."""
    reviewers = Membership.objects.filter(_reviewers_at(stage, department), role=Role.REVIEWER)
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


def _readable_revisions(user: User) -> Q:
    """Select `visible_revisions` among those of visible filings."""
    if may_manage(user):
        return _all()
    signings = Event.objects.filter(filing=OuterRef("filing"), action=Action.SIGN).order_by("-number")
    signed = Q(submitted_at__lte=Subquery(signings.values("at")[:1]))
    return signed | Q(filing__department__in=_own_departments(_memberships(user)))


def prefetch_memberships(user: User) -> None:
    """Load the user's memberships once per request; every function of this module needs them."""
    memberships = Membership.objects.select_related("department", "office")
    prefetch_related_objects([user], Prefetch("memberships", memberships, to_attr="known_memberships"))


def memberships_of(user: User) -> list[Membership]:
    """Return the user's memberships with department and office."""
    return _memberships(user)


def _memberships(user: User) -> list[Membership]:
    known: list[Membership] | None = getattr(user, "known_memberships", None)
    return list(user.memberships.select_related("department", "office")) if known is None else known


def _own_departments(memberships: Iterable[Membership]) -> list[int]:
    return [membership.department_id for membership in memberships if membership.department_id]


def bureau_memberships(user: User) -> list[Membership]:
    """List the user's memberships as manager or reviewer of the bureau, those as manager first."""
    roles = [Role.MANAGER, Role.REVIEWER]
    memberships = [each for each in _memberships(user) if each.office_id and each.role in roles]
    return sorted(memberships, key=lambda membership: roles.index(Role(membership.role)))


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
    return visible | _seen_as_reviewer(membership)


def _seen_as_reviewer(membership: Membership) -> Q:
    if membership.role == Role.MANAGER:
        return _has_reached(next(iter(Stage)))
    if membership.role != Role.REVIEWER:
        return _none()
    return _any(filings & _has_reached(stage) for stage, filings in _reviewed_by(membership).items())


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
