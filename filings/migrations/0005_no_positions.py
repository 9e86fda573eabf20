"""The rank alone says where a row stands."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("filings", "0004_positions_become_ranks")]

    operations = [
        migrations.AlterModelOptions(
            "duty", {"ordering": ("filing", "id"), "verbose_name": "职责", "verbose_name_plural": "职责"}
        ),
        migrations.AlterModelOptions(
            "indicator", {"ordering": ("filing", "id"), "verbose_name": "指标", "verbose_name_plural": "指标"}
        ),
        migrations.RemoveField("duty", "position"),
        migrations.RemoveField("indicator", "position"),
        migrations.AlterField("duty", "rank", models.CharField("次序", max_length=80, blank=True)),
        migrations.AlterField("indicator", "rank", models.CharField("次序", max_length=80, blank=True)),
    ]
