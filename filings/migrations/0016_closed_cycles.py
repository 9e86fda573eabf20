"""Cycles that managers have closed, and when they were closed and reopened."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("filings", "0015_copy_comparison"),
    ]

    operations = [
        migrations.CreateModel(
            name="CycleEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("action", models.CharField(max_length=20, verbose_name="动作")),
                ("by_name", models.CharField(max_length=50, verbose_name="办理人姓名")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
            ],
            options={
                "verbose_name": "批次的结束和重新开启",
                "verbose_name_plural": "批次的结束和重新开启",
                "ordering": ("id",),
            },
        ),
        migrations.AddField(
            model_name="cycle",
            name="closed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="结束时间"),
        ),
        migrations.AddField(
            model_name="cycle",
            name="closed_by_name",
            field=models.CharField(blank=True, editable=False, max_length=50, verbose_name="结束人姓名"),
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_at__isnull", True), ("started_at__isnull", False), _connector="OR"),
                name="cycle_closed_after_its_start",
            ),
        ),
        migrations.AddField(
            model_name="cycleevent",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="办理人",
            ),
        ),
        migrations.AddField(
            model_name="cycleevent",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="events",
                to="filings.cycle",
                verbose_name="申报批次",
            ),
        ),
        migrations.AddConstraint(
            model_name="cycleevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("action__in", ["close", "reopen"])), name="cycle_event_action_known"
            ),
        ),
    ]
