"""Require the filing of a remark, which the migration before has filled in."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from filings.models.tables import append_only


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    append_only.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("filings", "0010_fill_rounds_and_clocks")]

    operations = [
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
