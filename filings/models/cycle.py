"""Filing cycles: dates, review stages, and extensions of single departments."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from filings.choices import Stage
from filings.models.department import Department
from filings.models.edition import FormEdition


def check_stages(stages: object) -> None:
    """Validate the review stages of a cycle: some of `Stage`, in that order, without repetition.

    At least one must be a stage of the finance bureau, which approves.
    """
    known = [stage.value for stage in Stage]
    if not isinstance(stages, Sequence) or list(stages) != [stage for stage in known if stage in stages]:
        raise ValidationError("审核环节从主管部门、业务股室、绩效股中选取，按这个次序，不重复。")
    if not set(stages) & {Stage.SECTION, Stage.PERFORMANCE}:
        raise ValidationError("审核环节至少要有业务股室或绩效股，否则无人批复。")


class Cycle(models.Model):
    """申报批次: one year's filings on one edition."""

    year = models.PositiveIntegerField("年度")
    edition = models.ForeignKey(FormEdition, models.PROTECT, related_name="cycles", verbose_name="表样")
    opens_on = models.DateField("开始日期")
    deadline = models.DateField("截止日期")
    stages = models.JSONField("审核环节", validators=[check_stages])

    class Meta:
        verbose_name = "申报批次"
        verbose_name_plural = "申报批次"
        ordering = ("-year", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(deadline__gte=F("opens_on")),
                name="cycle_deadline_not_before_opening",
                violation_error_message="截止日期早于开始日期，请改其中一个。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.year}年 {self.edition}"

    def clean(self) -> None:
        before = Cycle.objects.filter(pk=self.pk).first()
        if before is None or list(before.stages) == list(self.stages):
            return
        if before.is_open():
            raise ValidationError({"stages": f"{before.opens_on} 已开始申报，审核环节不能再改。"})
        if count := before.filings.count():
            raise ValidationError({"stages": f"已有 {count} 份申报表，审核环节不能再改。"})

    def is_open(self, on: date | None = None) -> bool:
        """Whether filings can be started. The deadline does not close a cycle; later submissions are marked late."""
        return self.opens_on <= (on or timezone.localdate())

    def deadline_for(self, department: Department) -> date:
        """Return the department's deadline, extended if it has an extension."""
        extension = self.extensions.filter(department=department).first()
        return extension.until if extension else self.deadline


class Extension(models.Model):
    """A later deadline for one department."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="extensions", verbose_name="申报批次")
    department = models.ForeignKey(Department, models.CASCADE, related_name="extensions", verbose_name="单位")
    until = models.DateField("延至")

    class Meta:
        verbose_name = "延期"
        verbose_name_plural = "延期"
        ordering = ("cycle", "department")
        constraints = (models.UniqueConstraint(fields=("cycle", "department"), name="extension_once"),)

    def __str__(self) -> str:
        return f"{self.department} {self.until}"

    def clean(self) -> None:
        if self.until and self.cycle.deadline and self.until <= self.cycle.deadline:
            raise ValidationError({"until": f"延期须晚于截止日期 {self.cycle.deadline}。"})
