"""Allow the cancellation of an adjustment: its event, its restore point, and the versions that it gives up."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q
from django.db.models.deletion import PROTECT

from filings.models.tables import append_only

ACTIONS = (
    *("start", "submit", "send_back", "sign", "withdraw", "return", "pass", "adjust", "cancel_adjustment", "revoke"),
    *("waive", "claim", "hand_over", "release", "consult", "remind", "extend"),
    *("publish", "unpublish", "withhold", "disclose", "reissue"),
)
POINTS = ("opened", "paste", "import", "last_year", "submission", "restore", "cancel_adjustment")


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    append_only.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = (("filings", "0027_approval_of_publication"),)

    operations = (
        # Runs last when the migration is reversed: SQLite drops the triggers of a table that it rebuilds.
        migrations.RunPython(migrations.RunPython.noop, install),
        migrations.RemoveConstraint("event", "event_action_known"),
        migrations.AddConstraint(
            "event", models.CheckConstraint(condition=Q(action__in=list(ACTIONS)), name="event_action_known")
        ),
        migrations.RemoveConstraint("restorepoint", "point_kind_known"),
        migrations.AddConstraint(
            "restorepoint", models.CheckConstraint(condition=Q(kind__in=list(POINTS)), name="point_kind_known")
        ),
        migrations.CreateModel(
            "CancelledRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=PROTECT, related_name="cancelled", to="filings.revision", verbose_name="版本"
                    ),
                ),
            ],
            options={"verbose_name": "已取消的版本", "verbose_name_plural": "已取消的版本"},
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    )
