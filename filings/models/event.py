"""Events: the history of a filing. The database refuses to change or delete one; events.py writes and verifies them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filings.choices import Action
from filings.models.filing import Filing


class Event(models.Model):
    """One step, with name, role and office as they were. `detail` is canonical JSON; `hash` covers `previous` too."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="events", verbose_name=_("申报表"))
    number = models.PositiveIntegerField(_("序号"))
    action = models.CharField(_("动作"), max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="events", verbose_name=_("办理人"))
    by_name = models.CharField(_("办理人姓名"), max_length=50)
    by_role = models.CharField(_("角色"), max_length=20)
    by_office = models.CharField(_("股室或单位"), max_length=100)
    at = models.DateTimeField(_("时间"))
    detail = models.TextField(_("详情"))
    previous = models.CharField(_("上一条校验值"), max_length=64, blank=True)
    hash = models.CharField(_("校验值"), max_length=64)

    class Meta:
        verbose_name = _("历史记录")
        verbose_name_plural = _("历史记录")
        ordering = ("filing", "number")
        constraints = (
            models.UniqueConstraint(fields=("filing", "number"), name="event_number_once"),
            models.CheckConstraint(condition=Q(action__in=list(Action)), name="event_action_known"),
        )

    def __str__(self) -> str:
        return f"{self.filing} {self.number} {self.action}"
