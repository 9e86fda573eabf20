"""Jobs of the background worker on many copies of a cycle, and its checks of everything that is stored."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from filings.choices import JobKind, JobState
from filings.models.cycles.cycle import Cycle


class CopyJob(models.Model):
    """批量办理: publishing, withdrawing or issuing again many copies of a cycle.

    `filings` is a list of [filing, copy] in the user's order: primary keys, the copy being the one that the user has
    seen. Every filing is handled in its own transaction and
    found handled when the job is carried out again, so that the worker may be stopped at any time. `failures` is a list
    of [filing, sentence]. `stop_requested` ends the job after the filing at hand; it can be continued.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="copy_jobs", verbose_name="申报批次")
    kind = models.CharField("种类", max_length=20)
    filings = models.JSONField("申报表")
    reason = models.TextField("说明", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("提交时间")
    state = models.CharField("状态", max_length=20, default=JobState.QUEUED)
    total = models.PositiveIntegerField("总数", default=0)
    done = models.PositiveIntegerField("已完成", default=0)
    failures = models.JSONField("未办理的", default=list)
    stop_requested = models.BooleanField("已要求停止", default=False)
    error = models.TextField("未完成的原因", blank=True)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        verbose_name = "批量办理"
        verbose_name_plural = "批量办理"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=list(JobKind)), name="copy_job_kind_known"),
            models.CheckConstraint(condition=Q(state__in=list(JobState)), name="copy_job_state_known"),
        )

    def __str__(self) -> str:
        return f"{self.cycle} {self.kind}"


class IntegrityCheck(models.Model):
    """完整性检查: a check of all event chains, issued files and links of copies.

    `counts` are the numbers of checked objects by kind, `broken` the first of the `broken_count` findings, as a list of
    {"kind", "filing", "sentence"}. A check without `finished_at` is going on after `last_filing`.
    """

    started_at = models.DateTimeField("开始时间")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    counts = models.JSONField("检查数", default=dict)
    broken = models.JSONField("发现的问题", default=list)
    broken_count = models.PositiveIntegerField("问题数", default=0)
    last_filing = models.PositiveBigIntegerField("已检查到的申报表", default=0)

    class Meta:
        verbose_name = "完整性检查"
        verbose_name_plural = "完整性检查"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"
