"""Offices of the finance bureau."""

from django.db import models
from django.db.models import Q

from filings.choices import OfficeKind


class Office(models.Model):
    """股室: a finance section, the performance section, or the bureau's leadership."""

    name = models.CharField("名称", max_length=100, unique=True)
    kind = models.CharField("类别", max_length=20)

    class Meta:
        verbose_name = "股室"
        verbose_name_plural = "股室"
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=Q(kind__in=list(OfficeKind)), name="office_kind_known"),)

    def __str__(self) -> str:
        return self.name
