"""The bureau's calendar: days that differ from the public calendar."""

from django.db import models


class CalendarDay(models.Model):
    """A day set by a manager as working day or day off; all other days follow clocks/working_days.py."""

    date = models.DateField("日期", unique=True)
    is_working = models.BooleanField("上班", default=False)
    name = models.CharField("说明", max_length=40, blank=True)

    class Meta:
        verbose_name = "工作日历"
        verbose_name_plural = "工作日历"
        ordering = ("date",)

    def __str__(self) -> str:
        return f"{self.date} {'上班' if self.is_working else '休息'}"
