"""Propose next year's cycle after this year's: the same stages, policy and departments, dates a year later."""

from datetime import date

from django.db import transaction

from filings.clocks.working_days import Overrides, add_working_days, is_working_day, overrides
from filings.cycles import changes, enrolments
from filings.cycles.changes import CycleDetails
from filings.models import Cycle, FormEdition

_FEBRUARY_29 = (2, 29)


def propose(model: Cycle) -> CycleDetails:
    """Return the details proposed for the cycle after `model`, on the newest version of its edition."""
    days = overrides()
    edition = FormEdition.objects.filter(code=model.edition.code).order_by("-version").first() or model.edition
    year = model.year + 1
    name = model.name.replace(str(model.year), str(year))
    opens_on, deadline = (_a_year_later(day, days) for day in (model.opens_on, model.deadline))
    return CycleDetails(name, year, edition, opens_on, deadline, list(model.stages), model.contacts)


@transaction.atomic
def create_after(model: Cycle, details: CycleDetails) -> Cycle:
    """Create a cycle with these details, and with the policy and the departments of `model`."""
    cycle = changes.create(details)
    Cycle.objects.filter(pk=cycle.pk).update(policy=model.policy)
    enrolments.add(cycle, model.enrolments.values_list("department_id", flat=True))
    cycle.refresh_from_db()
    return cycle


def _a_year_later(day: date, days: Overrides) -> date:
    """Return the same day of the next year, or the first working day after it."""
    later = date(day.year + 1, 2, 28) if (day.month, day.day) == _FEBRUARY_29 else day.replace(year=day.year + 1)
    return later if is_working_day(later, days) else add_working_days(later, 1, days)
