"""The notice to managers that the background worker does not run."""

from django import template
from django.utils import timezone

from filings.background.health import DelayedTasks, delayed_tasks

register = template.Library()


@register.simple_tag
def delayed_work() -> DelayedTasks | None:
    return delayed_tasks(timezone.now())
