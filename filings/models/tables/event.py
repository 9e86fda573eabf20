"""Events: the history of a filing, append-only (append_only.py); lifecycle/events.py writes and verifies them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from filings.choices import Action
from filings.models.tables.filing import Filing


class Event(models.Model):
    """One workflow action, with the officer's name, role and office at that time.

    `detail` is canonical JSON; `hash` also covers `previous`, which chains the events.
    """

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="events", verbose_name="申报表")
    number = models.PositiveIntegerField("序号")
    action = models.CharField("动作", max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="events", verbose_name="办理人")
    by_name = models.CharField("办理人姓名", max_length=50)
    by_role = models.CharField("角色", max_length=20)
    by_office = models.CharField("股室或单位", max_length=100)
    at = models.DateTimeField("时间")
    detail = models.TextField("详情")
    previous = models.CharField("上一条校验码", max_length=64, blank=True)
    hash = models.CharField("校验码", max_length=64)

    class Meta:
        verbose_name = "历史记录"
        verbose_name_plural = "历史记录"
        ordering = ("filing", "number")
        constraints = (
            models.UniqueConstraint(fields=("filing", "number"), name="event_number_once"),
            models.CheckConstraint(condition=Q(action__in=list(Action)), name="event_action_known"),
        )
        indexes = (models.Index(fields=("by",), condition=Q(action=Action.SIGN), name="event_signed_by"),)

    def __str__(self) -> str:
        return f"{self.filing} {self.number} {self.action}"
