"""Rows keep their order: whole numbers, counted from one within each filing."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def rank(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("Duty", "Indicator"):
        model = apps.get_model("filings", name)
        filing, at = None, 0
        rows = list(model.objects.order_by("filing_id", "position", "id"))
        for row in rows:
            at = at + 1 if row.filing_id == filing else 1
            filing, row.rank = row.filing_id, str(at)
        model.objects.bulk_update(rows, ["rank"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("filings", "0003_rank_and_restore_point")]

    operations = [migrations.RunPython(rank, migrations.RunPython.noop)]
