"""Exports of a cycle, made by the background worker."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from filings.choices import ExportKind, JobState
from filings.models.cycles.cycle import Cycle


class Export(models.Model):
    """导出: a file made from a cycle for one user. `done` of `total` filings are written; `failures` did not succeed.

    The file is stored as exports/<id>-<name> outside any served path.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="exports", verbose_name="申报批次")
    kind = models.CharField("种类", max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="exports", verbose_name="导出人")
    at = models.DateTimeField("提交时间")
    state = models.CharField("状态", max_length=20, default=JobState.QUEUED)
    total = models.PositiveIntegerField("总数", default=0)
    done = models.PositiveIntegerField("已完成", default=0)
    failures = models.PositiveIntegerField("未完成数", default=0)
    file = models.CharField("文件", max_length=200, blank=True)
    size = models.PositiveBigIntegerField("字节数", default=0)
    error = models.TextField("未完成的原因", blank=True)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        verbose_name = "导出"
        verbose_name_plural = "导出"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=list(ExportKind)), name="export_kind_known"),
            models.CheckConstraint(condition=Q(state__in=list(JobState)), name="export_state_known"),
        )

    def __str__(self) -> str:
        return f"{self.cycle} {self.kind}"
