"""Fill the new columns from what is stored: rounds, states of remarks, clocks, and the departments of each cycle.

PostgreSQL refuses to alter a table with pending foreign key checks of rows changed in the same transaction, so that
schema changes are in the next migration.
"""

from collections import Counter
from datetime import date, datetime, time
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from filings.clocks.working_days import add_working_days

# As in the policy that each cycle gets.
REVIEW_DAYS = CORRECTION_DAYS = 5


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _rounds(apps)
    _remarks(apps)
    _clocks(apps)
    _cycles(apps)


def _rounds(apps: Apps) -> None:
    """A round ends with a return: the second round of a filing begins with its first return."""
    filings = apps.get_model("filings", "Filing").objects
    returns: Counter[int] = Counter()
    for review in apps.get_model("filings", "Review").objects.select_related("revision").order_by("id"):
        filing_id = review.revision.filing_id
        review.round = returns[filing_id] + 1
        review.save(update_fields=["round"])
        review.remarks.update(filing=filing_id, round=review.round)
        if review.decision == "return":
            returns[filing_id] += 1
            # Only a filing that has not got past its return goes back to the reviewer.
            filings.filter(pk=filing_id).exclude(resume_stage="").update(resume_reviewer=review.by_id)
    for filing_id, count in returns.items():
        filings.filter(pk=filing_id).update(round=count + 1)


def _remarks(apps: Apps) -> None:
    """Only the last return of a filing that has not got past it asks for something; all earlier remarks are settled."""
    remarks: Any = apps.get_model("filings", "Remark").objects
    remarks.update(state="accepted")
    for filing in apps.get_model("filings", "Filing").objects.exclude(resume_stage=""):
        asked = remarks.filter(filing=filing, round=filing.round - 1, review__decision="return")
        asked.update(state="open" if filing.status == "returned" else "changed")
        asked.exclude(answer="").update(state="declined")


def _clocks(apps: Apps) -> None:
    extensions = apps.get_model("filings", "Extension").objects
    for filing in apps.get_model("filings", "Filing").objects.select_related("cycle"):
        last = filing.events.exclude(action="waive").order_by("-number").first()
        extension = extensions.filter(cycle=filing.cycle, department=filing.department_id).first()
        filing.held_since = last.at if last else timezone.now()
        filing.due_on = _due(filing, extension.until if extension else filing.cycle.deadline)
        filing.save(update_fields=["held_since", "due_on"])


def _due(filing: Any, deadline: date) -> date | None:
    """Return the date of the holder, as the actions set it from now on."""
    since = timezone.localdate(filing.held_since)
    if filing.status == "approved":
        return None
    if filing.status == "in_review":
        return add_working_days(since, REVIEW_DAYS, {})
    if filing.resume_stage or filing.adjusts_id:
        return add_working_days(since, CORRECTION_DAYS, {})
    return deadline


def _cycles(apps: Apps) -> None:
    """Every department with a filling officer is on the list of a running cycle; on that of a past one, if it filed."""
    memberships = apps.get_model("filings", "Membership").objects.filter(role="filler")
    fillers = set(memberships.values_list("department_id", flat=True))
    enrolments: Any = apps.get_model("filings", "Enrolment")
    for cycle in apps.get_model("filings", "Cycle").objects.all():
        opening = timezone.make_aware(datetime.combine(cycle.opens_on, time()))
        cycle.started_at = min(opening, timezone.now())
        cycle.save(update_fields=["started_at"])
        listed = set(cycle.filings.values_list("department_id", flat=True))
        extended = cycle.extensions.filter(until__gte=timezone.localdate())
        listed |= set(extended.values_list("department_id", flat=True))
        if cycle.deadline >= timezone.localdate():
            listed |= fillers
        enrolments.objects.bulk_create(
            enrolments(cycle=cycle, department_id=department) for department in sorted(listed)
        )


class Migration(migrations.Migration):
    dependencies = [("filings", "0009_review_of_a_cycle")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
