from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.db.models.deletion import PROTECT

KINDS = ["budget", "mandate", "signed_scan", "other"]
USER = settings.AUTH_USER_MODEL


class Migration(migrations.Migration):
    dependencies = (("filings", "0021_name_check_codes"),)

    operations = (
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField("类别", max_length=20)),
                ("name", models.CharField("文件名", max_length=200)),
                ("content_type", models.CharField("类型", max_length=100)),
                ("size", models.PositiveIntegerField("字节数")),
                ("sha256", models.CharField("校验码", max_length=64)),
                ("by_name", models.CharField("上传人姓名", max_length=50)),
                ("at", models.DateTimeField("上传时间")),
                ("removed_by_name", models.CharField("移除人姓名", max_length=50, blank=True, default="")),
                ("removed_at", models.DateTimeField("移除时间", null=True, blank=True)),
                ("by", models.ForeignKey(USER, PROTECT, related_name="+", verbose_name="上传人")),
                (
                    "filing",
                    models.ForeignKey("filings.filing", PROTECT, related_name="attachments", verbose_name="申报表"),
                ),
                (
                    "removed_by",
                    models.ForeignKey(USER, PROTECT, null=True, blank=True, related_name="+", verbose_name="移除人"),
                ),
            ],
            options={
                "verbose_name": "附件",
                "verbose_name_plural": "附件",
                "ordering": ("id",),
                "constraints": (
                    models.CheckConstraint(condition=Q(kind__in=KINDS), name="attachment_kind_known"),
                    models.CheckConstraint(
                        condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                        | Q(removed_at__isnull=False, removed_by__isnull=False),
                        name="attachment_removed_by_a_user",
                    ),
                ),
            },
        ),
    )
