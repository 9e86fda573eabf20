"""Editions get a stamp that changes with their lines and nodes."""

from django.db import migrations, models

import filings.models.cycles.edition


def each_its_own(apps: object, schema_editor: object) -> None:
    edition = apps.get_model("filings", "FormEdition")  # type: ignore[attr-defined]
    for row in edition.objects.all():
        row.stamp = filings.models.cycles.edition.new_stamp()
        row.save(update_fields=["stamp"])


class Migration(migrations.Migration):
    dependencies = [("filings", "0005_no_positions")]

    operations = [
        migrations.AddField(
            "formedition",
            "stamp",
            models.CharField(
                "修改标记", max_length=32, default=filings.models.cycles.edition.new_stamp, editable=False
            ),
        ),
        migrations.RunPython(each_its_own, migrations.RunPython.noop),
    ]
