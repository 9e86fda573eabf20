"""Store the comparison of a cycle's filings for copied content."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("filings", "0014_speed_of_lists"),
    ]

    operations = [
        migrations.CreateModel(
            name="CopyComparison",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="queued", max_length=20, verbose_name="状态")),
                ("at", models.DateTimeField(verbose_name="提交时间")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="总数")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="已完成")),
                ("error", models.TextField(blank=True, verbose_name="未完成的原因")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="完成时间")),
                ("revisions", models.JSONField(default=list, verbose_name="比对的版本")),
                ("groups", models.JSONField(default=list, verbose_name="雷同组")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="比对人",
                    ),
                ),
                (
                    "cycle",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="copy_comparison",
                        to="filings.cycle",
                        verbose_name="申报批次",
                    ),
                ),
            ],
            options={
                "verbose_name": "雷同比对",
                "verbose_name_plural": "雷同比对",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["queued", "running", "done", "failed"])),
                        name="copy_comparison_state_known",
                    )
                ],
            },
        ),
    ]
