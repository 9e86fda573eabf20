"""Which pages and contents a user may see."""

from filings.choices import Role
from filings.models import Filing, User
from filings.permissions.memberships import Access, belongs_to, bureau_memberships, memberships_of


def has_post(user: User) -> Access:
    """Whether the user has any membership."""
    if memberships_of(user):
        return Access(True)
    return Access(False, "您的账号尚未任职，请与财政局绩效股联系。")


def may_manage(user: User) -> Access:
    """Whether the user may manage what all departments share: control figures, and reports of failed rules."""
    acting = next((membership for membership in memberships_of(user) if membership.role == Role.MANAGER), None)
    return Access(True, acting=acting) if acting else Access(False, "这一项由管理员办理。")


def may_oversee(user: User) -> Access:
    """Whether the user sees the list of a cycle's departments: reviewers of the bureau's offices, and managers."""
    acting = next(iter(bureau_memberships(user)), None)
    return Access(True, acting=acting) if acting else Access(False, "这一页由财政局的审核人和管理员使用。")


def reviews(user: User) -> bool:
    """Whether the user is a reviewer of any stage."""
    return any(membership.role == Role.REVIEWER for membership in memberships_of(user))


def may_review(user: User) -> bool:
    """Whether the user has a review queue: reviewers and managers."""
    return reviews(user) or bool(may_manage(user))


def may_collect(user: User, filing: Filing) -> Access:
    """Whether the user may add rows of the issued table to the library: reviewers and managers of the bureau."""
    allowed = (Role.REVIEWER, Role.MANAGER)
    in_bureau = (membership for membership in memberships_of(user) if membership.office_id)
    acting = next((membership for membership in in_bureau if membership.role in allowed), None)
    if acting is None:
        return Access(False, "只有财政局的审核人和管理员可以收入指标库。")
    if filing.department.withheld:
        return Access(False, f"「{filing.department}」涉密，它的指标不收入指标库。")
    if not filing.issued_copies.filter(live=True).exists():
        return Access(False, "这份申报表尚未批复，批复后才能收入指标库。")
    return Access(True, acting=acting)


def may_see_scores(user: User, filing: Filing) -> Access:
    """Whether the user sees the score sheets of a visible filing: its reviewers and managers, not its department."""
    if belongs_to(user, filing.department):
        return Access(False, "评分只有审核人和管理员可以看。")
    acting = next((each for each in memberships_of(user) if each.role in (Role.REVIEWER, Role.MANAGER)), None)
    return Access(True, acting=acting) if acting else Access(False, "评分只有审核人和管理员可以看。")


def may_see_draft(user: User, filing: Filing) -> Access:
    """Whether the user sees drafts: members of the department and managers. Reviewers see the last signed revision."""
    if belongs_to(user, filing.department) or may_manage(user):
        return Access(True)
    return Access(False, "填报中的内容只有本单位和管理员可以看；您看到的是最近一次提交的版本。")


def may_see_internal(user: User, filing: Filing) -> Access:
    """Whether the user sees internal remarks: members of the bureau's offices, unless they belong to the department."""
    acting = next((membership for membership in memberships_of(user) if membership.office_id), None)
    if acting is None or belongs_to(user, filing.department):
        return Access(False, "内部意见只有财政局的人员可以看。")
    return Access(True, acting=acting)


def may_read_review(user: User, filing: Filing) -> Access:
    """Whether the user may read the review page of a filing that is not in review: other reviewers and managers."""
    if reads_as_reviewer(user, filing):
        return Access(True)
    return Access(False, "审核页由审核人和管理员使用；申报表、审核意见和办理经过请在申报表页查看。")


def reads_as_reviewer(user: User, filing: Filing | None = None) -> bool:
    """Whether findings are worded for reviewers: users who review or manage, except for their own department."""
    if filing and belongs_to(user, filing.department):
        return False
    return any(membership.role in (Role.REVIEWER, Role.MANAGER) for membership in memberships_of(user))
