"""Name hashes as on the pages: 校验码."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("filings", "0020_restore_point_detail"),
    ]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="hash",
            field=models.CharField(max_length=64, verbose_name="校验码"),
        ),
        migrations.AlterField(
            model_name="event",
            name="previous",
            field=models.CharField(blank=True, max_length=64, verbose_name="上一条校验码"),
        ),
        migrations.AlterField(
            model_name="issuedcopy",
            name="seal_sha256",
            field=models.CharField(blank=True, max_length=64, verbose_name="所用印章的校验码"),
        ),
        migrations.AlterField(
            model_name="issuedcopy",
            name="sha256",
            field=models.CharField(max_length=64, verbose_name="文件校验码"),
        ),
        migrations.AlterField(
            model_name="revision",
            name="sha256",
            field=models.CharField(max_length=64, verbose_name="校验码"),
        ),
    ]
