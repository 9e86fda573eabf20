"""Offices inside the finance bureau."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filings.choices import OfficeKind


class Office(models.Model):
    """股室: a finance section, the performance section, or the bureau's leadership."""

    name = models.CharField(_("名称"), max_length=100, unique=True)
    kind = models.CharField(_("类别"), max_length=20)

    class Meta:
        verbose_name = _("股室")
        verbose_name_plural = _("股室")
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=Q(kind__in=list(OfficeKind)), name="office_kind_known"),)

    def __str__(self) -> str:
        return self.name
