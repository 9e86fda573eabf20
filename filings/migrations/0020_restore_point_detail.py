from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KINDS = ("opened", "paste", "import", "last_year", "submission", "restore")


def forget_last_year(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Turn the restore points of 沿用上年 into those of an import: the former schema does not know their kind."""
    points: Any = apps.get_model("filings", "RestorePoint")._default_manager
    points.filter(kind="last_year").update(kind="import")


class Migration(migrations.Migration):
    dependencies = (("filings", "0019_cycle_contacts"),)

    operations = (
        migrations.AddField("restorepoint", "detail", models.CharField("说明", blank=True, default="", max_length=200)),
        migrations.RemoveConstraint("restorepoint", "point_kind_known"),
        migrations.AddConstraint(
            "restorepoint",
            models.CheckConstraint(condition=models.Q(("kind__in", list(KINDS))), name="point_kind_known"),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_last_year),
    )
