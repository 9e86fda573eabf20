"""The indicator library 指标库: examples of measurable indicators by class."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from filings.choices import Comparator
from filings.models.tables.revision import Revision


class LibraryEntry(models.Model):
    """An example of a third-level indicator. `canonical` is its class across editions (SAT.SERV), `values` are targets
    as written, the most frequent first, and `initials` the first letters of the name's pinyin.

    `source` describes its origin; `revision` is the approved revision it was taken from, if any.
    """

    name = models.CharField("指标名称", max_length=200)
    canonical = models.CharField("指标分类", max_length=60)
    comparator = models.CharField("计算符号", max_length=4, blank=True)
    unit = models.CharField("计量单位", max_length=40, blank=True)
    values = models.JSONField("常用指标值", default=list, blank=True)
    source = models.CharField("来源", max_length=200)
    initials = models.CharField("拼音首字母", max_length=200, db_index=True, editable=False)
    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="library_entries", verbose_name="来源版本"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="library_entries",
        verbose_name="收入人",
    )
    at = models.DateTimeField("收入时间")

    class Meta:
        verbose_name = "指标库条目"
        verbose_name_plural = "指标库"
        ordering = ("canonical", "name")
        constraints = (
            models.UniqueConstraint(fields=("canonical", "name"), name="library_entry_once_in_a_class"),
            models.CheckConstraint(
                condition=Q(comparator__in=["", *Comparator]), name="library_entry_comparator_known"
            ),
        )

    def __str__(self) -> str:
        return self.name
