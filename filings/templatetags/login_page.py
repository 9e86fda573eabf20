"""What the login page names: the county, the years of the running cycles, and the telephone for questions."""

from django import template
from django.conf import settings
from django.utils import timezone

from filings.models import Cycle

register = template.Library()


@register.simple_tag
def county() -> str:
    """Return the setting COUNTY, blank if it is not set."""
    return str(settings.COUNTY)


@register.simple_tag
def telephone() -> str:
    """Return the setting TELEPHONE, blank if it is not set."""
    return str(settings.TELEPHONE)


@register.simple_tag
def running_years() -> str:
    """Format the years in which departments can file now, as in 2026年度、2027年度; blank if no cycle is open."""
    running = Cycle.objects.filter(started_at__isnull=False, closed_at=None, opens_on__lte=timezone.localdate())
    years = running.order_by("year").values_list("year", flat=True).distinct()
    return "、".join(f"{year}年度" for year in years)
