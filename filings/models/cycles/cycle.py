"""Filing cycles: dates, review stages, and extensions of single departments."""

import re
from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from filings.choices import Action, CycleAction, Stage
from filings.models.cycles.edition import FormEdition
from filings.models.organisation.department import Department
from filings.policy.policy import ReviewPolicy, seed

# The year of the form at the end of an edition's name, as in （2022年）, which reads as a second year of the cycle.
_EDITION_YEAR = re.compile(r"（\d{4}年[^）]*）$")


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
    """申报批次: filings of a year on one edition, by the departments enrolled in it.

    Departments see it once it is started; nothing in it can be acted on once it is closed. `policy` holds a
    ReviewPolicy as JSON, `contacts` a contact a line as `cycles.contacts` parses them.
    """

    name = models.CharField("名称", max_length=60, blank=True)
    year = models.PositiveIntegerField("年度")
    edition = models.ForeignKey(FormEdition, models.PROTECT, related_name="cycles", verbose_name="表样")
    opens_on = models.DateField("开始日期")
    deadline = models.DateField("截止日期")
    stages = models.JSONField("审核环节", validators=[check_stages])
    policy = models.JSONField("审核办法", default=seed)
    contacts = models.TextField("联系方式", blank=True, default="")
    publish_by = models.DateField("公开期限", null=True, blank=True)
    started_at = models.DateTimeField("启动时间", null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="started_cycles",
        verbose_name="启动人",
    )
    closed_at = models.DateTimeField("结束时间", null=True, blank=True, editable=False)
    closed_by_name = models.CharField("结束人姓名", max_length=50, blank=True, editable=False)

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
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(started_at__isnull=False), name="cycle_closed_after_its_start"
            ),
        )

    def __str__(self) -> str:
        return self.name or f"{self.year}年 {_EDITION_YEAR.sub('', self.edition.name)}"

    @property
    def label(self) -> str:
        """Short name for lists: the given name, otherwise the year."""
        return self.name or f"{self.year}年"

    def clean(self) -> None:
        """Cycles of one year differ by their names, so that lists cannot mix them up."""
        others = Cycle.objects.filter(year=self.year, name=self.name).exclude(pk=self.pk)
        if others.exists():
            raise ValidationError(
                {"name": f"{self.year}年已有批次「{others[0]}」，请写一个不同的名称，如「{self.year}年第二批」。"}
            )

    def is_open(self, on: date | None = None) -> bool:
        """Whether filings can be started. The deadline does not close a cycle; later submissions are marked late."""
        begun = self.started_at is not None and self.opens_on <= (on or timezone.localdate())
        return begun and self.closed_at is None

    def review_policy(self) -> ReviewPolicy:
        """Parse the policy. Raises PolicyError if the stored data are invalid."""
        return ReviewPolicy.from_json(self.policy)

    def stages_for(self, department: Department) -> list[Stage]:
        """Return the stages that review the department: the supervisor's only if it has a supervisor."""
        stages = [Stage(stage) for stage in self.stages]
        return [stage for stage in stages if stage != Stage.SUPERVISOR or department.supervisor_id]

    def deadline_for(self, department: Department) -> date:
        """Return the department's deadline, extended if it has an extension."""
        extension = self.extensions.filter(department=department).first()
        return extension.until if extension else self.deadline


class Enrolment(models.Model):
    """A department on the list of a cycle."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="enrolments", verbose_name="申报批次")
    department = models.ForeignKey(Department, models.PROTECT, related_name="enrolments", verbose_name="单位")

    class Meta:
        verbose_name = "批次单位"
        verbose_name_plural = "批次单位"
        ordering = ("cycle", "department__code")
        constraints = (models.UniqueConstraint(fields=("cycle", "department"), name="enrolment_once"),)

    def __str__(self) -> str:
        return f"{self.cycle} {self.department}"


class EnrolmentEvent(models.Model):
    """A reminder to an enrolled department, or an extension, before it has started its filing.

    Once there is a filing, such actions are recorded in its chain of events instead.
    """

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="events", verbose_name="批次单位")
    action = models.CharField("动作", max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    by_name = models.CharField("办理人姓名", max_length=50)
    by_office = models.CharField("股室", max_length=100)
    at = models.DateTimeField("时间")
    reason = models.TextField("内容", blank=True)

    class Meta:
        verbose_name = "填报前的历史记录"
        verbose_name_plural = "填报前的历史记录"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(action__in=[Action.REMIND, Action.EXTEND]), name="enrolment_event_action_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.enrolment} {self.action}"


class CycleEvent(models.Model):
    """A closing or reopening of a cycle, with the reason of the latter."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="events", verbose_name="申报批次")
    action = models.CharField("动作", max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    by_name = models.CharField("办理人姓名", max_length=50)
    at = models.DateTimeField("时间")
    reason = models.TextField("理由", blank=True)

    class Meta:
        verbose_name = "批次的结束和重新开启"
        verbose_name_plural = "批次的结束和重新开启"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(action__in=list(CycleAction)), name="cycle_event_action_known"),
        )

    def __str__(self) -> str:
        return f"{self.cycle} {self.action}"


class Extension(models.Model):
    """A later deadline for one department."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="extensions", verbose_name="申报批次")
    department = models.ForeignKey(Department, models.CASCADE, related_name="extensions", verbose_name="单位")
    until = models.DateField("延至")
    reason = models.TextField("理由", blank=True)
    by_name = models.CharField("办理人姓名", max_length=50, blank=True)
    at = models.DateTimeField("办理时间", null=True, blank=True)

    class Meta:
        verbose_name = "延期"
        verbose_name_plural = "延期"
        ordering = ("cycle", "department")
        constraints = (models.UniqueConstraint(fields=("cycle", "department"), name="extension_once"),)

    def __str__(self) -> str:
        return f"{self.department} {self.until}"
