"""Rows get a rank beside their position; restore points. What becomes of the positions: 0004 and 0005."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("filings", "0002_append_only")]

    operations = [
        migrations.AddField("duty", "rank", models.CharField("次序", max_length=80, blank=True, default="")),
        migrations.AddField("indicator", "rank", models.CharField("次序", max_length=80, blank=True, default="")),
        migrations.CreateModel(
            name="RestorePoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20, verbose_name="缘由")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("texts", models.TextField(verbose_name="内容")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="办理人",
                    ),
                ),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="points",
                        to="filings.filing",
                        verbose_name="申报表",
                    ),
                ),
            ],
            options={"verbose_name": "恢复点", "verbose_name_plural": "恢复点", "ordering": ("-id",)},
        ),
        migrations.AddConstraint(
            "restorepoint",
            models.CheckConstraint(
                condition=models.Q(("kind__in", ["opened", "paste", "import", "submission", "restore"])),
                name="point_kind_known",
            ),
        ),
    ]
