"""What templates say of a filing, a person and their steps, in words."""

from datetime import date

from django import template
from django.template.context import RequestContext
from django.utils import timezone

from filings import labels
from filings.choices import Status
from filings.document.place import explanation
from filings.models import Filing, User
from filings.rules.finding import RuleFinding
from filings.views.table.annotated import anchor
from filings.views.todo import waiting_for

register = template.Library()


@register.filter
def status_words(filing: Filing) -> str:
    """业务股室审核中 rather than 审核中: where it lies is what people ask."""
    stage = labels.STAGE.get(filing.stage, "")
    return f"{stage}{labels.STATUS[Status(filing.status)]}"


@register.filter
def action_words(action: str) -> str:
    return str(labels.ACTION.get(action, action))


@register.filter
def role_words(role: str) -> str:
    return str(labels.ROLE.get(role, role))


@register.filter
def stage_words(stage: str) -> str:
    return str(labels.STAGE.get(stage, stage))


@register.filter
def severity_words(severity: str) -> str:
    return str(labels.SEVERITY.get(severity, severity))


@register.filter
def explanation_place(finding: RuleFinding) -> str:
    """Where an officer's explanation of a finding is written."""
    return str(explanation(finding.identity))


@register.filter
def explanation_id(finding: RuleFinding) -> str:
    return anchor(explanation(finding.identity))


@register.filter
def grade_words(grade: str) -> str:
    return str(labels.GRADE.get(grade, grade))


@register.filter
def code_words(code: str) -> str:
    """A verification code in groups of four, as it is printed."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


@register.simple_tag
def days_left(due: date) -> int:
    """Days until a date, negative when it has passed."""
    return (due - timezone.localdate()).days


@register.simple_tag(takes_context=True)
def todo_count(context: RequestContext) -> int:
    """How many things wait for the person who is logged in."""
    user = context["request"].user
    return waiting_for(user).count if isinstance(user, User) else 0


@register.simple_tag(takes_context=True)
def person_in_words(context: RequestContext) -> str:
    """Name, and what for and where: 王敏 填报人 · 县教育局."""
    user = context["request"].user
    posts = [
        f"{labels.ROLE[membership.role]} · {membership.place_name}"
        for membership in user.memberships.select_related("department", "office")
    ]
    more = f"等 {len(posts)} 项任职"
    return " ".join([str(user), *posts[:1], *([more] if posts[1:] else [])])
