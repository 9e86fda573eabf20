"""Fill the new columns from what is stored: rounds, clocks, started cycles and their departments."""

from collections import Counter
from datetime import datetime, time
from typing import Any

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from filings.models.tables import append_only


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _rounds(apps)
    _clocks(apps)
    _cycles(apps)


def _rounds(apps: Apps) -> None:
    """A round ends with a return: the second round of a filing begins with its first return."""
    returns: Counter[int] = Counter()
    for review in apps.get_model("filings", "Review").objects.select_related("revision").order_by("id"):
        filing_id = review.revision.filing_id
        review.round = returns[filing_id] + 1
        review.save(update_fields=["round"])
        review.remarks.update(filing=filing_id, round=review.round)
        returns[filing_id] += review.decision == "return"
    for filing_id, count in returns.items():
        apps.get_model("filings", "Filing").objects.filter(pk=filing_id).update(round=count + 1)


def _clocks(apps: Apps) -> None:
    extensions = apps.get_model("filings", "Extension").objects
    for filing in apps.get_model("filings", "Filing").objects.select_related("cycle"):
        last = filing.events.order_by("-number").first()
        extension = extensions.filter(cycle=filing.cycle, department=filing.department_id).first()
        deadline = extension.until if extension else filing.cycle.deadline
        filing.held_since = last.at if last else timezone.now()
        filing.due_on = deadline if filing.status in ("draft", "returned", "signing") else None
        filing.save(update_fields=["held_since", "due_on"])


def _cycles(apps: Apps) -> None:
    """Every department that has a filler or a filing is on the list of every cycle."""
    departments = set(
        apps.get_model("filings", "Membership").objects.filter(role="filler").values_list("department_id", flat=True)
    )
    enrolments: Any = apps.get_model("filings", "Enrolment")
    for cycle in apps.get_model("filings", "Cycle").objects.all():
        opening = timezone.make_aware(datetime.combine(cycle.opens_on, time()))
        cycle.started_at = min(opening, timezone.now())
        cycle.save(update_fields=["started_at"])
        filed = set(cycle.filings.values_list("department_id", flat=True))
        enrolments.objects.bulk_create(
            enrolments(cycle=cycle, department_id=department) for department in sorted(departments | filed)
        )


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    append_only.install(schema_editor.connection)


class Migration(migrations.Migration):
    # PostgreSQL refuses to alter a table with pending foreign key checks of rows changed in the same transaction.
    atomic = False

    dependencies = [("filings", "0009_review_of_a_cycle")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            "remark",
            "filing",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="remarks",
                to="filings.filing",
                verbose_name="申报表",
            ),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
