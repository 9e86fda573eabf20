"""Fill in the pinyin initials of the departments that are stored already."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from filings.document.initials import initials_of

LONGEST = 100


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    departments = apps.get_model("filings", "Department").objects
    rows = list(departments.filter(initials="").only("pk", "name"))
    for row in rows:
        row.initials = initials_of(row.name)[:LONGEST]
    departments.bulk_update(rows, ["initials"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("filings", "0011_remarks_know_their_filing")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
