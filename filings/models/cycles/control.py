"""Control figures 预算控制数: the total that the bureau sets for each department in a cycle."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from filings.document.money import LARGEST_FEN
from filings.models.cycles.cycle import Cycle
from filings.models.organisation.department import Department


class ControlFigure(models.Model):
    """A department's figure in a cycle: the text of the bureau's workbook and the parsed amount in 分."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="control_figures", verbose_name="申报批次")
    department = models.ForeignKey(Department, models.CASCADE, related_name="control_figures", verbose_name="单位")
    raw = models.CharField("内容", max_length=200)
    fen = models.BigIntegerField("金额（分）")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="control_figures", verbose_name="导入人"
    )
    at = models.DateTimeField("导入时间")

    class Meta:
        verbose_name = "预算控制数"
        verbose_name_plural = "预算控制数"
        ordering = ("cycle", "department")
        constraints = (
            models.UniqueConstraint(fields=("cycle", "department"), name="control_figure_once"),
            models.CheckConstraint(condition=Q(fen__gte=0, fen__lte=LARGEST_FEN), name="control_figure_in_range"),
        )

    def __str__(self) -> str:
        return f"{self.department} {self.raw}"
