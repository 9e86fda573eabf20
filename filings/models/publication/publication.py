"""Copies published on the public pages, and tables that are withheld from them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from filings.choices import PublicationEnd
from filings.models.cycles.cycle import Cycle
from filings.models.organisation.department import Department
from filings.models.tables.filing import Filing
from filings.models.tables.issued import IssuedCopy


class Publication(models.Model):
    """公开. At most one per filing is public, i.e. has no `ended_at`; ended ones are kept with their reason.

    Year, department, title and approval are stored as they were published, so that lists of many years need no joins.
    `initials` are the department's pinyin initials, `words` the text in which the public searches: department, goal,
    indicators.
    """

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="publications", verbose_name="申报表")
    copy = models.ForeignKey(IssuedCopy, models.PROTECT, related_name="publications", verbose_name="定稿")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="publications", verbose_name="申报批次")
    year = models.PositiveIntegerField("年度")
    title = models.CharField("标题", max_length=200)
    department_code = models.CharField("单位编码", max_length=30)
    department_name = models.CharField("单位名称", max_length=100)
    initials = models.CharField("拼音首字母", max_length=100, blank=True)
    words = models.TextField("检索内容", blank=True)
    approved_at = models.DateTimeField("批复时间")
    at = models.DateTimeField("公开时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="公开人")
    by_name = models.CharField("公开人姓名", max_length=50)
    by_office = models.CharField("公开人股室", max_length=100)
    note = models.TextField("公开说明", blank=True)
    ended_at = models.DateTimeField("结束公开时间", null=True, blank=True)
    end = models.CharField("结束公开的情形", max_length=20, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤下人"
    )
    ended_by_name = models.CharField("撤下人姓名", max_length=50, blank=True)
    end_reason = models.TextField("撤下理由", blank=True)

    class Meta:
        verbose_name = "公开的定稿"
        verbose_name_plural = "公开的定稿"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("filing",), condition=Q(ended_at__isnull=True), name="publication_one_public"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end="", ended_by__isnull=True)
                | Q(ended_at__isnull=False, end__in=list(PublicationEnd), ended_by__isnull=False),
                name="publication_ended_by_a_user",
            ),
            models.CheckConstraint(
                condition=~Q(end=PublicationEnd.WITHDRAWN) | ~Q(end_reason=""),
                name="publication_withdrawn_with_a_reason",
            ),
        )
        indexes = (
            # Lists of the public pages: a year's tables, all tables of a department.
            models.Index(
                fields=("year", "department_code"), condition=Q(ended_at__isnull=True), name="publication_of_year"
            ),
            models.Index(
                fields=("department_code", "year"), condition=Q(ended_at__isnull=True), name="publication_of_unit"
            ),
            models.Index(fields=("cycle", "id"), name="publication_of_cycle"),
        )

    def __str__(self) -> str:
        return f"{self.year}年 {self.department_name}"


class Withholding(models.Model):
    """不予公开: a department's table in a cycle that is not published, on a basis from the cycle's list.

    At most one per department and cycle is in force, i.e. has no `lifted_at`.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="withholdings", verbose_name="申报批次")
    department = models.ForeignKey(Department, models.PROTECT, related_name="withholdings", verbose_name="单位")
    basis = models.CharField("依据代码", max_length=30)
    basis_label = models.CharField("依据", max_length=100)
    note = models.TextField("说明", blank=True)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    by_name = models.CharField("办理人姓名", max_length=50)
    by_office = models.CharField("办理人股室", max_length=100)
    lifted_at = models.DateTimeField("取消时间", null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="取消人"
    )
    lifted_by_name = models.CharField("取消人姓名", max_length=50, blank=True)
    lift_reason = models.TextField("取消理由", blank=True)

    class Meta:
        verbose_name = "不予公开"
        verbose_name_plural = "不予公开"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("cycle", "department"), condition=Q(lifted_at__isnull=True), name="withholding_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lift_reason=""),
                name="withholding_lifted_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.cycle} {self.department} {self.basis_label}"


class WrongWord(models.Model):
    """错敏词: a word that is not published, and what to write instead. Managers edit the list."""

    word = models.CharField("词语", max_length=60, unique=True)
    instead = models.CharField("应改为", max_length=60, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    by_name = models.CharField("录入人姓名", max_length=50, blank=True)
    at = models.DateTimeField("录入时间")

    class Meta:
        verbose_name = "错敏词"
        verbose_name_plural = "错敏词"
        ordering = ("word",)
        constraints = (models.CheckConstraint(condition=~Q(word=""), name="wrong_word_not_blank"),)

    def __str__(self) -> str:
        return self.word
