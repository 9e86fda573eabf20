"""Reviews: decisions on a revision at a stage."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from filings.choices import Action, Grade, Stage
from filings.models.tables.revision import Revision

DECISIONS = (Action.APPROVE_STAGE, Action.RETURN)


class Review(models.Model):
    """审核: a decision to approve or return, with the reviewer's name, role and office at that time.

    `scores` maps items of the cycle's score sheet to {"points": text, "note": text}. `exception_reason` is given
    where the cycle's policy lets an approval leave something open with a reason.
    """

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="reviews", verbose_name="版本")
    stage = models.CharField("审核环节", max_length=20)
    decision = models.CharField("决定", max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews", verbose_name="审核人")
    by_name = models.CharField("审核人姓名", max_length=50)
    by_role = models.CharField("角色", max_length=20)
    by_office = models.CharField("股室或单位", max_length=100)
    grade = models.CharField("等级", max_length=20, blank=True)
    scores = models.JSONField("评分", default=dict, blank=True)
    round = models.PositiveIntegerField("轮次", default=1)
    exception_reason = models.TextField("例外理由", blank=True)
    reason = models.TextField("意见", blank=True)
    at = models.DateTimeField("审核时间")

    class Meta:
        verbose_name = "审核"
        verbose_name_plural = "审核"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("revision", "stage", "by", "round"), name="review_once_at_a_stage"),
            models.CheckConstraint(condition=Q(stage__in=list(Stage)), name="review_stage_known"),
            models.CheckConstraint(condition=Q(decision__in=DECISIONS), name="review_decision_known"),
            models.CheckConstraint(condition=Q(grade__in=["", *Grade]), name="review_grade_known"),
        )

    def __str__(self) -> str:
        return f"{self.revision} {self.stage} {self.decision}"
