"""Reasons for the rows that an adjustment changes."""

from django.conf import settings
from django.db import models

from filings.models.tables.filing import Filing
from filings.models.tables.revision import Revision


class AdjustmentReason(models.Model):
    """调整原因: why a place of the issued table is changed, from the cycle's list, with words where needed.

    While the table is filled in, `revision` is empty; a submission adds a copy with its revision, which stays.
    """

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="adjustment_reasons", verbose_name="申报表")
    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="adjustment_reasons", verbose_name="版本"
    )
    place = models.CharField("位置", max_length=200)
    reason = models.CharField("原因代码", max_length=30)
    label = models.CharField("原因", max_length=100)
    words = models.TextField("说明", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="填写人")
    by_name = models.CharField("填写人姓名", max_length=50)
    at = models.DateTimeField("填写时间")

    class Meta:
        verbose_name = "调整原因"
        verbose_name_plural = "调整原因"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("filing", "place"),
                condition=models.Q(revision__isnull=True),
                name="adjustment_reason_once_in_draft",
            ),
            models.UniqueConstraint(fields=("revision", "place"), name="adjustment_reason_once_in_revision"),
        )

    def __str__(self) -> str:
        return f"{self.filing} {self.place} {self.label}"
