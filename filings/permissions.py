"""Who may see which filing and do what to it, with reasons. Whether a filing's status allows it: workflow.py."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects

from filings.choices import Action, OfficeKind, Role, Stage, Status
from filings.models import Department, Event, Filing, Membership, Review, Revision, User
from filings.models.filing import EDITABLE

WHO: Mapping[Action, tuple[Role, ...]] = {
    Action.START: (Role.FILLER,),
    Action.SUBMIT: (Role.FILLER,),
    Action.SEND_BACK: (Role.HEAD,),
    Action.SIGN: (Role.HEAD,),
    Action.WITHDRAW: (Role.FILLER,),
    Action.RETURN: (Role.REVIEWER,),
    Action.APPROVE_STAGE: (Role.REVIEWER,),
    Action.ADJUST: (Role.FILLER,),
    Action.WAIVE: (Role.MANAGER, Role.REVIEWER),
}


@dataclass(frozen=True)
class Access:
    """Allowed, and then by which membership; or not, and then why."""

    allowed: bool
    reason: str = ""
    acting: Membership | None = None

    def __bool__(self) -> bool:
        return self.allowed


def may(user: User, action: Action, filing: Filing) -> Access:
    """Whether this person's roles allow the step, wherever the filing stands."""
    if action == Action.WAIVE:
        return may_waive(user, filing)
    if Role.REVIEWER in WHO[action]:
        return may_decide(user, filing)
    return _as_member(user, filing.department, WHO[action])


def may_start(user: User, department: Department) -> Access:
    return _as_member(user, department, WHO[Action.START])


def may_fill(user: User, filing: Filing) -> Access:
    """Whether this person may change what is written in the draft."""
    if not filing.is_editable:
        return Access(False, "这份申报表已经提交，不能修改；需要修改的，请先撤回或等待退回。")
    return _as_member(user, filing.department, (Role.FILLER,))


def may_decide(user: User, filing: Filing) -> Access:
    """Whether this person may pass or return the filing at the stage where it is. Nobody decides on their own."""
    memberships = _memberships(user)
    if any(membership.department_id == filing.department_id for membership in memberships):
        return Access(False, f"您在「{filing.department}」任职，不能审核本单位的申报表。")
    for membership in memberships:
        if membership.role == Role.REVIEWER and _reviews_at(membership, filing.stage, filing.department):
            return Access(True, acting=membership)
    return Access(False, "您不是这份申报表当前审核环节的审核人。")


def may_waive(user: User, filing: Filing) -> Access:
    """Only the bureau lets an error pass: a manager at any time, a reviewer of one of its offices while it is theirs to
    decide. Nobody for their own department."""
    memberships = _memberships(user)
    if any(membership.department_id == filing.department_id for membership in memberships):
        names = {"department": filing.department}
        return Access(False, "您在「{department}」任职，不能豁免本单位的核对结果。".format(**names))
    for membership in memberships:
        if membership.office_id and (
            membership.role == Role.MANAGER
            or (membership.role == Role.REVIEWER and _reviews_at(membership, filing.stage, filing.department))
        ):
            return Access(True, acting=membership)
    return Access(False, "只有财政局可以豁免核对结果。")


def may_collect(user: User, filing: Filing) -> Access:
    """Whether this person may take the approved table's rows into the library: the bureau's reviewers and managers."""
    acting = next(
        (one for one in _memberships(user) if one.office_id and one.role in (Role.REVIEWER, Role.MANAGER)), None
    )
    if acting is None:
        return Access(False, "只有财政局的审核人和管理员可以收入指标库。")
    if filing.department.withheld:
        return Access(False, f"「{filing.department}」涉密，它的指标不收入指标库。")
    if not filing.issued_copies.filter(live=True).exists():
        return Access(False, "这份申报表还没有批复，批复后才能收入指标库。")
    return Access(True, acting=acting)


def may_manage(user: User) -> Access:
    """Whether this person sets up what is the same for all departments: control figures, and what broke."""
    acting = next((one for one in _memberships(user) if one.role == Role.MANAGER), None)
    return Access(True, acting=acting) if acting else Access(False, "这一项由管理员办理。")


def has_post(user: User) -> Access:
    """Whether this person has anything to do here."""
    if _memberships(user):
        return Access(True)
    return Access(False, "您的账号还没有任职，请与财政局绩效股联系。")


def may_see(user: User, filing: Filing) -> Access:
    if visible_to(user).filter(pk=filing.pk).exists():
        return Access(True)
    return Access(False, "这份申报表不归您办理，也还没有送到您这里。")


def may_see_draft(user: User, filing: Filing) -> Access:
    """Drafts are for the own department and managers; reviewers see the last revision that was signed."""
    for membership in _memberships(user):
        if membership.role == Role.MANAGER or membership.department_id == filing.department_id:
            return Access(True, acting=membership)
    return Access(False, "填报中的内容只有本单位和管理员可以看；您看到的是最近一次提交的版本。")


def revisions_seen(user: User, filing: Filing) -> QuerySet[Revision]:
    """Everything that was submitted, for the own department and managers; others see what the head has signed."""
    if may_see_draft(user, filing):
        return filing.revisions.all()
    signed = filing.events.filter(action=Action.SIGN).order_by("-number").first()
    return filing.revisions.filter(submitted_at__lte=signed.at) if signed else filing.revisions.none()


def all_revisions_seen(user: User) -> QuerySet[Revision]:
    """The same as `revisions_seen` for every filing that this person may see, asked of the database at once."""
    memberships = _memberships(user)
    visible = Revision.objects.filter(filing__in=visible_to(user))
    if may_manage(user):
        return visible
    own = [membership.department_id for membership in memberships if membership.department_id]
    signings = Event.objects.filter(filing=OuterRef("filing"), action=Action.SIGN).order_by("-number")
    signed = Q(submitted_at__lte=Subquery(signings.values("at")[:1]))
    return visible.filter(signed | Q(filing__department__in=own))


def visible_to(user: User) -> QuerySet[Filing]:
    """Every filing that this person may see; whoever may not see one is to be told that it does not exist."""
    return Filing.objects.filter(_any(_seen_through(membership) for membership in _memberships(user)))


def awaiting(user: User) -> QuerySet[Filing]:
    """The filings in which this person has to take the next step."""
    memberships = _memberships(user)
    own = [membership.department_id for membership in memberships if membership.department_id]
    next_steps = _any(_awaited_of(membership) for membership in memberships)
    return Filing.objects.filter(next_steps).exclude(status=Status.IN_REVIEW, department__in=own)


def next_people(filing: Filing) -> QuerySet[User]:
    """Everybody who could take the filing's next step."""
    department = filing.department
    people = User.objects.filter(is_active=True)
    if filing.status == Status.IN_REVIEW:
        reviewers = Membership.objects.filter(_reviewers_at(filing.stage, department), role=Role.REVIEWER)
        return people.filter(memberships__in=reviewers).exclude(memberships__department=department).distinct()
    role = Role.HEAD if filing.status == Status.SIGNING else Role.FILLER
    return people.filter(memberships__in=Membership.objects.filter(role=role, department=department)).distinct()


def remember(user: User) -> None:
    """Ask for this person's memberships once: for a request, in which many things depend on them."""
    everything = Membership.objects.select_related("department", "office")
    prefetch_related_objects([user], Prefetch("memberships", everything, to_attr="known_memberships"))


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
    """The same as `_reviews_at`, asked of memberships in the database."""
    return {
        Stage.SUPERVISOR: Q(department__isnull=False, department=department.supervisor_id),
        Stage.SECTION: Q(office__isnull=False, office=department.section_id),
        Stage.PERFORMANCE: Q(office__kind=OfficeKind.PERFORMANCE),
    }[Stage(stage)]


def _reviewed_by(membership: Membership) -> dict[Stage, Q]:
    """The filings that a reviewer's membership has to do with, by the stage at which it has."""
    if membership.department_id:
        return {Stage.SUPERVISOR: Q(department__supervisor=membership.department_id)}
    found = {Stage.SECTION: Q(department__section=membership.office_id)}
    if membership.office and membership.office.kind == OfficeKind.PERFORMANCE:
        found[Stage.PERFORMANCE] = Q(pk__isnull=False)
    return found


def _seen_through(membership: Membership) -> Q:
    if membership.role == Role.MANAGER:
        return Q(pk__isnull=False)
    seen = Q(department=membership.department_id) if membership.department_id else _none()
    if membership.role == Role.REVIEWER:
        seen |= _any(filings & _has_reached(stage) for stage, filings in _reviewed_by(membership).items())
    return seen


def _awaited_of(membership: Membership) -> Q:
    if membership.role == Role.FILLER:
        return Q(department=membership.department_id, status__in=EDITABLE)
    if membership.role == Role.HEAD:
        return Q(department=membership.department_id, status=Status.SIGNING)
    if membership.role == Role.REVIEWER:
        at = _reviewed_by(membership).items()
        return _any(filings & Q(status=Status.IN_REVIEW, stage=stage) for stage, filings in at)
    return _none()


def _has_reached(stage: Stage) -> Q:
    """Filings that are at this stage or a later one, or were decided on there."""
    order = list(Stage)
    from_here = order[order.index(stage) :]
    return Q(stage__in=from_here) | Q(
        Exists(Review.objects.filter(revision__filing=OuterRef("pk"), stage__in=from_here))
    )


def _any(conditions: Iterable[Q]) -> Q:
    found = _none()
    for condition in conditions:
        found |= condition
    return found


def _none() -> Q:
    return Q(pk__in=[])
