"""The last approval of a filing while it waits, or why it failed."""

from dataclasses import dataclass

from django import template
from django.template.context import RequestContext
from django.utils import timezone

from filings.choices import ApprovalState, Status
from filings.lifecycle.approvals import may_cancel
from filings.models import Filing, PendingApproval

register = template.Library()
# Seconds after its time; a copy is issued within a few.
LONGEST_DELAY = 60


@dataclass(frozen=True)
class ShownApproval:
    """`seconds` are left until the worker issues the copy; `is_delayed` if it should have done so long ago."""

    approval: PendingApproval
    seconds: int
    may_cancel: bool

    @property
    def is_waiting(self) -> bool:
        return self.approval.state == ApprovalState.WAITING

    @property
    def is_delayed(self) -> bool:
        return self.seconds < -LONGEST_DELAY


@register.simple_tag(takes_context=True)
def shown_approval(context: RequestContext, filing: Filing) -> ShownApproval | None:
    """Return the approval that waits, or one that failed on the filing's present state."""
    if filing.status != Status.IN_REVIEW:
        return None
    approval = filing.pending_approvals.select_related("by").order_by("-id").first()
    if approval is None or approval.state in (ApprovalState.CANCELLED, ApprovalState.ISSUED):
        return None
    if approval.state == ApprovalState.FAILED and approval.lock != filing.lock:
        return None
    seconds = int((approval.due_at - timezone.now()).total_seconds())
    return ShownApproval(approval, seconds, bool(may_cancel(context["request"].user, approval)))
