"""Last approvals that wait for the background worker and can still be cancelled."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from filings.choices import ApprovalState
from filings.models.tables.filing import Filing


class PendingApproval(models.Model):
    """A last approval that the worker carries out after `due_at`; until then the approver may cancel it.

    `decision` holds what the approver entered, as lifecycle.approvals writes it. `error` is the reason of a failure.
    """

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="pending_approvals", verbose_name="申报表")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="pending_approvals", verbose_name="批复人"
    )
    lock = models.PositiveIntegerField("修改计数")
    decision = models.JSONField("决定")
    queued_at = models.DateTimeField("提交时间")
    due_at = models.DateTimeField("办理时间")
    state = models.CharField("状态", max_length=20, default=ApprovalState.WAITING)
    error = models.TextField("未完成的原因", blank=True)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        verbose_name = "待盖章的批复"
        verbose_name_plural = "待盖章的批复"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("filing",), condition=Q(state=ApprovalState.WAITING), name="pending_approval_once"
            ),
            models.CheckConstraint(condition=Q(state__in=list(ApprovalState)), name="pending_approval_state_known"),
        )

    def __str__(self) -> str:
        return f"{self.filing} {self.state}"
