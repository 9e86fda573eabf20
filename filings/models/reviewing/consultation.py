"""Questions of a reviewer to another office or user about rows of a table (征求意见)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from filings.models.organisation.office import Office
from filings.models.tables.revision import Revision

LONGEST_QUESTION = 1000
LONGEST_ANSWER = 2000


class Consultation(models.Model):
    """征求意见: a question about named rows to exactly one user or office, with a due date and one answer."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="consultations", verbose_name="版本")
    places = models.JSONField("位置")
    question = models.TextField("问题")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="consultations", verbose_name="提出人"
    )
    by_name = models.CharField("提出人姓名", max_length=50)
    by_office = models.CharField("提出人股室", max_length=100)
    at = models.DateTimeField("提出时间")
    due_on = models.DateField("答复期限")
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name="征求对象",
    )
    to_office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="questions", verbose_name="征求股室"
    )
    answer = models.TextField("答复", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    answered_by_name = models.CharField("答复人姓名", max_length=50, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)

    class Meta:
        verbose_name = "征求意见"
        verbose_name_plural = "征求意见"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(to_user__isnull=False, to_office__isnull=True)
                | Q(to_user__isnull=True, to_office__isnull=False),
                name="consultation_user_or_office",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True, answered_at__isnull=True)
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="consultation_answer_has_user_and_time",
            ),
        )

    def __str__(self) -> str:
        return self.question[:30]
