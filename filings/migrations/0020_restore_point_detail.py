from django.db import migrations, models

KINDS = ("opened", "paste", "import", "last_year", "submission", "restore")


class Migration(migrations.Migration):
    dependencies = (("filings", "0019_cycle_contacts"),)

    operations = (
        migrations.AddField("restorepoint", "detail", models.CharField("说明", blank=True, default="", max_length=200)),
        migrations.RemoveConstraint("restorepoint", "point_kind_known"),
        migrations.AddConstraint(
            "restorepoint",
            models.CheckConstraint(condition=models.Q(("kind__in", list(KINDS))), name="point_kind_known"),
        ),
    )
