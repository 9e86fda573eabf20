"""Findings as they were when a version was submitted, what was said to them, and what the bureau waived.

`Finding` rows are written with their revision and never changed: lists of a whole cycle answer from them. `Waiver`
stands by itself, because the bureau waives while a table is still being filled in. A rule that breaks is kept as a
`RuleFailure` for managers.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from filings.choices import Severity
from filings.models.filing import Filing
from filings.models.revision import Revision


class Assessment(models.Model):
    """核对: what was found in a revision when it was submitted, counted; `links` is what its rows speak for by hand.

    `asked` is how many warnings wanted an explanation, `explained` how many of them have one.
    """

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="assessment", verbose_name="版本")
    errors = models.PositiveIntegerField("阻断")
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
    """A finding of a revision, in the order of the table, with the officer's explanation and the bureau's waiver.

    `identity` is the same in the next version as long as the finding is. `places` are texts, the first one leading.
    """

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="findings", verbose_name="版本")
    number = models.PositiveIntegerField("序号")
    code = models.CharField("规则", max_length=10)
    severity = models.CharField("程度", max_length=20)
    identity = models.CharField("标识", max_length=40)
    places = models.JSONField("位置")
    message = models.TextField("内容")
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
    """豁免: an error that the bureau lets pass in one filing, by name and with a reason, as long as it is the same."""

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
    """A rule that broke, for managers: where it happened last, how often. Nobody's filing was held up by it."""

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
