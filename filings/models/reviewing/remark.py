"""Remarks of reviewers on places of the table, with the department's answers and their state."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from filings.choices import RemarkState
from filings.models.reviewing.review import Review
from filings.models.tables.filing import Filing


class Remark(models.Model):
    """意见: a reviewer's remark on one place of the table in one round, with its answer.

    `code` is a reason code of the cycle's policy. An `internal` remark is visible within the bureau only and never
    awaits anything. `finding` is the identity of the finding from which the remark was made, or ''. The remarks of a
    row over several rounds form a thread: the same filing and row, ordered by id.
    """

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="remarks", verbose_name="申报表")
    review = models.ForeignKey(Review, models.PROTECT, related_name="remarks", verbose_name="审核")
    round = models.PositiveIntegerField("轮次", default=1)
    place = models.CharField("位置", max_length=100)
    code = models.CharField("原因", max_length=30, blank=True)
    text = models.TextField("意见")
    internal = models.BooleanField("仅内部可见", default=False)
    finding = models.CharField("核对结果标识", max_length=40, blank=True)
    state = models.CharField("状态", max_length=20, default=RemarkState.OPEN)
    settled_by_name = models.CharField("认定人", max_length=50, blank=True)
    settled_at = models.DateTimeField("认定时间", null=True, blank=True)
    answer = models.TextField("答复", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answered_remarks",
        verbose_name="答复人",
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        verbose_name = "逐条意见"
        verbose_name_plural = "逐条意见"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True, answered_at__isnull=True)
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="remark_answer_has_person_and_time",
            ),
            models.CheckConstraint(condition=Q(state__in=list(RemarkState)), name="remark_state_known"),
        )
        indexes = (models.Index(fields=("filing", "round"), name="remark_by_round"),)

    def __str__(self) -> str:
        return self.text[:30]
