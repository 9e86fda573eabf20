"""Findings of submitted revisions, waivers of the bureau, and failures of rules.

`Finding` rows are written with their revision and never changed; lists over a whole cycle read them. A `Waiver`
belongs to the filing, because the bureau can waive an error while the table is still a draft. A rule that raises an
exception is recorded as a `RuleFailure` for managers.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from filings.choices import Severity
from filings.models.tables.filing import Filing
from filings.models.tables.revision import Revision


class Assessment(models.Model):
    """核对: counts of the findings of a revision when it was submitted, and its manually set links.

    `asked` is the number of warnings that need an explanation, `explained` the number of those that have one.
    """

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="assessment", verbose_name="版本")
    errors = models.PositiveIntegerField("须改正")
    warnings = models.PositiveIntegerField("提醒")
    advice = models.PositiveIntegerField("建议")
    asked = models.PositiveIntegerField("需说明")
    explained = models.PositiveIntegerField("已说明")
    links = models.JSONField("对应关系", default=dict, blank=True)
    at = models.DateTimeField("核对时间")

    class Meta:
        verbose_name = "核对"
        verbose_name_plural = "核对"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(explained__lte=models.F("asked")), name="assessment_explained_of_those_asked"
            ),
        )

    def __str__(self) -> str:
        return f"{self.revision} {self.errors}/{self.warnings}/{self.advice}"


class Finding(models.Model):
    """A finding of a revision with the officer's explanation and the bureau's waiver; `number` is the table's order.

    `identity` stays the same across revisions as long as the finding does. `places` are texts, the main one first.
    `message` is what the department reads; `facts` is the same without the advice to it.
    """

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="findings", verbose_name="版本")
    number = models.PositiveIntegerField("序号")
    code = models.CharField("规则", max_length=10)
    severity = models.CharField("程度", max_length=20)
    identity = models.CharField("标识", max_length=40)
    places = models.JSONField("位置")
    message = models.TextField("内容")
    facts = models.TextField("事实")
    numbers = models.JSONField("数字", default=dict, blank=True)
    criterion = models.CharField("标准", max_length=20, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    asks = models.BooleanField("需说明", default=False)
    explanation = models.TextField("说明", blank=True)
    waived_by_name = models.CharField("豁免人", max_length=50, blank=True)
    waived_by_office = models.CharField("豁免人股室", max_length=100, blank=True)
    waiver_reason = models.TextField("豁免理由", blank=True)

    class Meta:
        verbose_name = "核对结果"
        verbose_name_plural = "核对结果"
        ordering = ("revision", "number")
        constraints = (
            models.UniqueConstraint(fields=("revision", "number"), name="finding_number_once"),
            models.CheckConstraint(condition=Q(severity__in=list(Severity)), name="finding_severity_known"),
        )
        indexes = (models.Index(fields=("code", "severity"), name="finding_by_rule"),)

    def __str__(self) -> str:
        return f"{self.code} {self.message[:30]}"


class Waiver(models.Model):
    """豁免: an error that an officer of the bureau waived in one filing, with a reason.

    It applies to the finding of the same `identity` only.
    """

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="waivers", verbose_name="申报表")
    identity = models.CharField("标识", max_length=40)
    code = models.CharField("规则", max_length=10)
    message = models.TextField("内容")
    reason = models.TextField("理由")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="waivers", verbose_name="豁免人")
    by_name = models.CharField("豁免人姓名", max_length=50)
    by_office = models.CharField("股室", max_length=100)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "豁免"
        verbose_name_plural = "豁免"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("filing", "identity"), name="waiver_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.by_name}"


class RuleFailure(models.Model):
    """A rule that raised an exception: its traceback, count and last filing. It does not stop that filing."""

    code = models.CharField("规则", max_length=10)
    error = models.TextField("出错内容")
    fingerprint = models.CharField("标识", max_length=64)
    filing = models.ForeignKey(
        Filing, models.SET_NULL, null=True, blank=True, related_name="rule_failures", verbose_name="申报表"
    )
    count = models.PositiveIntegerField("次数", default=1)
    first_at = models.DateTimeField("首次时间")
    last_at = models.DateTimeField("最近时间")

    class Meta:
        verbose_name = "规则自身出错"
        verbose_name_plural = "规则自身出错"
        ordering = ("-last_at",)
        constraints = (models.UniqueConstraint(fields=("code", "fingerprint"), name="rule_failure_once"),)

    def __str__(self) -> str:
        return f"{self.code} × {self.count}"
