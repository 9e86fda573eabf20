"""Store the approval with its publication: a copy issued again has another date."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the date of the last copy of the version that was not issued again."""
    copies: Any = apps.get_model("filings", "IssuedCopy")._default_manager
    approvals = copies.filter(revision__issued_copies=OuterRef("copy"), reissue_reason="", pk__lte=OuterRef("copy"))
    publications: Any = apps.get_model("filings", "Publication")._default_manager
    publications.update(approved_at=Subquery(approvals.order_by("-pk").values("issued_at")[:1]))


class Migration(migrations.Migration):
    dependencies = (("filings", "0026_publication_and_signatures"),)

    operations = (
        migrations.AddField("publication", "approved_at", models.DateTimeField("批复时间", null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("publication", "approved_at", models.DateTimeField("批复时间")),
    )
