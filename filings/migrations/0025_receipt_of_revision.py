"""Store the 受理编号 with its revision, once among all: so far only the event of the submission had it."""

import json
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from filings.models.tables import append_only


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the number from the event; older submissions had none and are numbered in the same way."""
    append_only.remove(schema_editor.connection)
    revisions: Any = apps.get_model("filings", "Revision")._default_manager
    recorded = _recorded(apps)
    cycles: dict[int, int] = {}
    for key, year in apps.get_model("filings", "Cycle")._default_manager.order_by("pk").values_list("pk", "year"):
        cycles.setdefault(year, key)
    taken: set[str] = set()
    columns = ("pk", "filing", "number", "filing__cycle", "filing__cycle__year", "filing__department__code")
    # A recorded number stays that of the version that had it first.
    rows = sorted(revisions.values_list(*columns), key=lambda row: ((row[1], row[2]) not in recorded, row[0]))
    for key, filing, number, cycle, year, code in rows:
        later = "" if cycles[year] == cycle else f"P{cycle}"
        receipt = recorded.get((filing, number)) or f"{year}{later}-{code}-{number:02}"
        if receipt in taken:
            receipt = f"{year}F{filing}-{code}-{number:02}"
        taken.add(receipt)
        revisions.filter(pk=key).update(receipt=receipt)


def _recorded(apps: Apps) -> dict[tuple[int, int], str]:
    """Return the recorded numbers by filing and version."""
    events: Any = apps.get_model("filings", "Event")._default_manager
    found = {}
    for filing, text in events.filter(action="submit").values_list("filing", "detail"):
        detail = json.loads(text)
        if "receipt" in detail:
            found[filing, int(detail["revision"])] = detail["receipt"]
    return found


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    append_only.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = (("filings", "0024_scan_of_revision"),)

    operations = (
        # Runs last when the migration is reversed: SQLite drops the triggers of a table that it rebuilds.
        migrations.RunPython(migrations.RunPython.noop, install),
        migrations.AddField(
            "revision", "receipt", models.CharField("受理编号", max_length=80, default=""), preserve_default=False
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            "revision", models.UniqueConstraint(fields=("receipt",), name="revision_receipt_once")
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    )
