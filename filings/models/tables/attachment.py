"""Attachments of a filing. The files are stored by lifecycle/attachments.py under their hashes."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from filings.choices import AttachmentKind
from filings.models.tables.filing import Filing


class Attachment(models.Model):
    """附件. A removed one is marked and kept, because revisions were submitted with it.

    `revision_number` is the version that a 审签扫描件 belongs to, which may be yet to be submitted; others have none.
    """

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="attachments", verbose_name="申报表")
    kind = models.CharField("类别", max_length=20)
    name = models.CharField("文件名", max_length=200)
    content_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("校验码", max_length=64)
    revision_number = models.PositiveIntegerField("版本号", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    by_name = models.CharField("上传人姓名", max_length=50)
    at = models.DateTimeField("上传时间")
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="移除人"
    )
    removed_by_name = models.CharField("移除人姓名", max_length=50, blank=True, default="")
    removed_at = models.DateTimeField("移除时间", null=True, blank=True)

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=list(AttachmentKind)), name="attachment_kind_known"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="attachment_removed_by_a_user",
            ),
            models.CheckConstraint(
                condition=Q(kind=AttachmentKind.SIGNED_SCAN, revision_number__isnull=False)
                | (~Q(kind=AttachmentKind.SIGNED_SCAN) & Q(revision_number__isnull=True)),
                name="attachment_revision_of_scans_only",
            ),
        )

    def __str__(self) -> str:
        return self.name
