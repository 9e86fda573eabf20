"""Comparisons of a cycle's filings for copied content (雷同), made by the background worker."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from filings.choices import JobState
from filings.models.cycles.cycle import Cycle


class CopyComparison(models.Model):
    """雷同比对: the last result for a cycle, and the state of the comparison that will replace it.

    `done` of `total` filings are read. `revisions` are the primary keys of the versions that the result compares,
    `groups` the result itself as oversight/copies.py writes it; both are empty before `finished_at` is set.
    `by` has no user for the comparison of every morning.
    """

    cycle = models.OneToOneField(Cycle, models.CASCADE, related_name="copy_comparison", verbose_name="申报批次")
    state = models.CharField("状态", max_length=20, default=JobState.QUEUED)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="比对人"
    )
    at = models.DateTimeField("提交时间")
    total = models.PositiveIntegerField("总数", default=0)
    done = models.PositiveIntegerField("已完成", default=0)
    error = models.TextField("未完成的原因", blank=True)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    revisions = models.JSONField("比对的版本", default=list)
    groups = models.JSONField("雷同组", default=list)

    class Meta:
        verbose_name = "雷同比对"
        verbose_name_plural = "雷同比对"
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(JobState)), name="copy_comparison_state_known"),
        )

    def __str__(self) -> str:
        return f"{self.cycle} 雷同比对"
