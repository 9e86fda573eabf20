"""Filters and tags that format filings, users and actions as text."""

from datetime import date, datetime

from django import template
from django.template.context import RequestContext

from filings import labels, local_time, permissions, verification_code
from filings.actions.table import label_of
from filings.checks.assessment import AssessedFinding
from filings.choices import Status
from filings.clocks import due
from filings.clocks.due import Clock
from filings.clocks.working_days import Overrides
from filings.models import Consultation, Filing, Finding, User
from filings.rules.advice import for_reviewers
from filings.views.header import HeaderCounts, header_counts
from filings.views.table.annotated import anchor
from filings.views.unit_choice import UnitChoice, unit_choice
from filings.views.waiver_reasons import reason_for

register = template.Library()


@register.filter
def status_words(filing: Filing) -> str:
    """Format the status with the stage of the review, as in 业务股室审核中."""
    stage = labels.STAGE.get(filing.stage, "")
    return f"{stage}{labels.STATUS[Status(filing.status)]}"


@register.filter
def short_moment(at: datetime | None) -> str:
    """Format a time for lists, without this year; '' for None."""
    return local_time.short_moment(at) if at else ""


@register.filter
def action_words(action: str) -> str:
    return label_of(action)


@register.filter
def stage_words(stage: str) -> str:
    return labels.STAGE.get(stage, stage)


@register.filter
def severity_words(severity: str) -> str:
    return labels.SEVERITY.get(severity, severity)


@register.filter
def reviewer_sentence(finding: Finding) -> str:
    """Return the facts of a stored finding, with advice for reviewers unless it is waived."""
    return finding.facts if finding.waived_by_name else for_reviewers(finding)


@register.filter
def remark_state_words(state: str) -> str:
    return labels.REMARK_STATE.get(state, state)


@register.filter
def explanation_id(assessed: AssessedFinding) -> str:
    """Return the HTML id of the field for the explanation of a finding."""
    return anchor(assessed.explanation_place)


@register.simple_tag(takes_context=True)
def posted_reason(context: RequestContext, identity: str) -> str:
    """Return the reason typed for waiving a finding: as posted to a page shown again, or kept since another waiver."""
    return reason_for(context["request"], context["filing"], identity)


@register.filter
def grade_words(grade: str) -> str:
    return labels.GRADE.get(grade, grade)


@register.filter
def code_words(code: str) -> str:
    return verification_code.formatted(code)


@register.simple_tag
def filing_clock(filing: Filing, calendar: Overrides) -> Clock | None:
    """Return the clock of the filing's present holder."""
    return due.clock_of(filing, calendar)


@register.simple_tag
def department_clock(due_on: date, calendar: Overrides) -> Clock:
    """Return the clock of a department that has not started its filing."""
    return due.clock(due.DEPARTMENT, due_on, calendar)


@register.simple_tag
def question_clock(question: Consultation, calendar: Overrides) -> Clock:
    """Return the clock of a question that has no answer yet."""
    return due.clock(due.ANSWER, question.due_on, calendar)


@register.simple_tag(takes_context=True, name="header_counts")
def header_counts_of(context: RequestContext) -> HeaderCounts:
    """Return the numbers of tasks and unread messages of the logged-in user."""
    user = context["request"].user
    if not isinstance(user, User):
        return HeaderCounts(0, 0)
    permissions.prefetch_memberships(user)
    return header_counts(user)


@register.simple_tag(takes_context=True)
def has_queue(context: RequestContext) -> bool:
    """Whether the logged-in user has a review queue."""
    user = context["request"].user
    return isinstance(user, User) and permissions.may_review(user)


@register.simple_tag(takes_context=True)
def oversees(context: RequestContext) -> bool:
    """Whether the logged-in user sees the board of a cycle."""
    user = context["request"].user
    return isinstance(user, User) and bool(permissions.may_oversee(user))


@register.filter
def message_words(kind: str) -> str:
    return labels.MESSAGE.get(kind, kind)


@register.simple_tag(takes_context=True)
def chosen_unit(context: RequestContext) -> UnitChoice:
    """Return the units between which the logged-in user can switch, with the chosen one."""
    return unit_choice(context["request"])


@register.simple_tag(takes_context=True)
def user_summary(context: RequestContext) -> str:
    """Format the logged-in user with the role, as in 王敏 填报人 · 县教育局; with several posts, without the places."""
    user = context["request"].user
    memberships = permissions.memberships_of(user)
    roles = "、".join(dict.fromkeys(labels.ROLE[membership.role] for membership in memberships))
    place = f" · {memberships[0].place_name}" if len(memberships) == 1 else ""
    return f"{user} {roles}{place}".strip()
