"""Which actions a user may perform on a filing or a question.

Whether a filing's status allows an action is decided in lifecycle/workflow.py.
"""

from collections.abc import Iterable, Mapping

from filings import four_eyes, labels
from filings.actions.table import ACTIONS
from filings.choices import Action, Role, Status
from filings.models import Consultation, Department, Filing, User
from filings.permissions.cycles import may_act_in
from filings.permissions.memberships import Access, as_member, belongs_to, memberships_of, reviews_at
from filings.permissions.pages import has_post

# Actions of each status from which users who prepared or decided on the revision before are excluded.
FOUR_EYES: Mapping[str, frozenset[Action]] = {
    Status.SIGNING: frozenset({Action.SIGN}),
    Status.IN_REVIEW: frozenset({Action.RETURN, Action.APPROVE_STAGE, Action.CLAIM}),
}


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
    if action == Action.REVOKE:
        return may_revoke(user, filing)
    running = may_act_in(filing.cycle)
    if not running:
        return running
    if action == Action.WAIVE:
        return may_waive(user, filing)
    roles = ACTIONS[action].roles
    return _may_review_now(user, filing) if Role.REVIEWER in roles else as_member(user, filing.department, roles)


def may_start(user: User, department: Department) -> Access:
    """Whether the user may start the department's filing."""
    return as_member(user, department, ACTIONS[Action.START].roles)


def may_fill(user: User, filing: Filing) -> Access:
    """Whether the user may edit the draft in its present status."""
    if not filing.is_editable:
        return Access(False, "这份申报表已经提交，不能修改；需要修改的，请先撤回或等待退回。")
    running = may_act_in(filing.cycle)
    if not running:
        return running
    return as_member(user, filing.department, (Role.FILLER,))


def may_decide(user: User, filing: Filing) -> Access:
    """Whether the user may approve or return the filing at its present stage. Members of its department may not."""
    return may(user, Action.APPROVE_STAGE, filing)


def may_revoke(user: User, filing: Filing) -> Access:
    """Whether the user may revoke the approval: managers, and reviewers of the cycle's last stage."""
    if belongs_to(user, filing.department):
        return Access(False, f"您在「{filing.department}」任职，不能撤回本单位的批复。")
    last = filing.cycle.stages_for(filing.department)[-1]
    for membership in memberships_of(user):
        reviews = membership.role == Role.REVIEWER and reviews_at(membership, last, filing.department)
        if reviews or membership.role == Role.MANAGER:
            return Access(True, acting=membership)
    return Access(False, f"撤回批复由{labels.STAGE[last]}的审核人或管理员办理。")


def _may_review_now(user: User, filing: Filing) -> Access:
    if belongs_to(user, filing.department):
        return Access(False, f"您在「{filing.department}」任职，不能审核本单位的申报表。")
    for membership in memberships_of(user):
        if membership.role == Role.REVIEWER and reviews_at(membership, filing.stage, filing.department):
            return Access(True, acting=membership)
    return Access(False, "您不是这份申报表当前审核环节的审核人。")


def may_waive(user: User, filing: Filing) -> Access:
    """Whether the user may waive errors of the filing.

    Only the finance bureau may: managers at any time, reviewers of its offices at their own stage. Members of the
    filing's department may not.
    """
    running = may_act_in(filing.cycle)
    if not running:
        return running
    if belongs_to(user, filing.department):
        return Access(False, f"您在「{filing.department}」任职，不能豁免本单位的核对结果。")
    for membership in memberships_of(user):
        if not membership.office_id or membership.role not in ACTIONS[Action.WAIVE].roles:
            continue
        if membership.role != Role.REVIEWER or reviews_at(membership, filing.stage, filing.department):
            return Access(True, acting=membership)
    return Access(False, "只有财政局可以豁免核对结果。")


def may_answer(user: User, consultation: Consultation) -> Access:
    """Whether the user may answer a question: its addressee, or a member of the office that it was sent to.

    Members of the department that it is about may not.
    """
    memberships, is_addressee = memberships_of(user), consultation.to_user_id == user.pk
    asked = (each for each in memberships if is_addressee or each.office_id == consultation.to_office_id is not None)
    acting = next(asked, None)
    if acting is None:
        return Access(False, "这次征求意见不是发给您的。")
    running = may_act_in(consultation.revision.filing.cycle)
    if not running:
        return running
    department = consultation.revision.filing.department
    if belongs_to(user, department):
        return Access(False, f"您在「{department}」任职，不能答复对本单位申报表征求的意见。")
    return Access(True, acting=acting)


def may_withdraw_question(user: User, consultation: Consultation) -> Access:
    """Whether the user may withdraw a question: the user who asked it, acting for the same office if still a member."""
    if consultation.by_id != user.pk:
        return Access(False, "只有提出的人可以撤回征求意见。")
    if not (running := may_act_in(consultation.revision.filing.cycle)):
        return running
    memberships = sorted(memberships_of(user), key=lambda each: each.place_name != consultation.by_office)
    if memberships:
        return Access(True, acting=memberships[0])
    return has_post(user)
