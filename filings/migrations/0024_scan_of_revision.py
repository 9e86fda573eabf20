"""Store the version that a 审签扫描件 belongs to, so that it does not go with a later one."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

SCAN = "signed_scan"
# A scan added after one of these belongs to the version to come, except after a submission.
TURNS = ("submit", "send_back", "withdraw", "return", "adjust")


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    events: Any = apps.get_model("filings", "Event")._default_manager
    revisions: Any = apps.get_model("filings", "Revision")._default_manager
    for scan in apps.get_model("filings", "Attachment")._default_manager.filter(kind=SCAN):
        before = revisions.filter(filing=scan.filing_id, submitted_at__lte=scan.at).count()
        turns = events.filter(filing=scan.filing_id, action__in=TURNS, at__lte=scan.at).order_by("-number")
        is_signing = turns.values_list("action", flat=True).first() == "submit"
        scan.revision_number = before if is_signing else before + 1
        scan.save(update_fields=["revision_number"])


class Migration(migrations.Migration):
    dependencies = (("filings", "0023_restore_point_label"),)

    operations = (
        migrations.AddField(
            "attachment", "revision_number", models.PositiveIntegerField("版本号", null=True, blank=True)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            "attachment",
            models.CheckConstraint(
                condition=Q(kind=SCAN, revision_number__isnull=False)
                | (~Q(kind=SCAN) & Q(revision_number__isnull=True)),
                name="attachment_revision_of_scans_only",
            ),
        ),
    )
