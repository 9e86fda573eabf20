"""Revisions: submitted versions of a table, append-only (append_only.py)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from filings.document import canonical_json
from filings.document.content import FilingDocument
from filings.models.tables.filing import Filing


class Revision(models.Model):
    """版本: the document as canonical JSON with its hash, and the submitter's name at that time.

    The JSON is stored as text, because JSON columns reorder keys. `receipt` is the 受理编号.
    """

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="revisions", verbose_name="申报表")
    number = models.PositiveIntegerField("版本号")
    receipt = models.CharField("受理编号", max_length=80)
    content = models.TextField("内容")
    sha256 = models.CharField("校验码", max_length=64)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="revisions", verbose_name="提交人"
    )
    submitted_by_name = models.CharField("提交人姓名", max_length=50)
    submitted_at = models.DateTimeField("提交时间")

    class Meta:
        verbose_name = "版本"
        verbose_name_plural = "版本"
        ordering = ("filing", "number")
        constraints = (
            models.UniqueConstraint(fields=("filing", "number"), name="revision_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_number_from_one"),
            models.UniqueConstraint(fields=("receipt",), name="revision_receipt_once"),
        )
        # The version from which a file was printed is looked up by its hash.
        indexes = (models.Index(fields=("sha256",), name="revision_content"),)

    def __str__(self) -> str:
        return f"{self.filing} 第 {self.number} 版"

    @property
    def is_cancelled(self) -> bool:
        """Whether it belongs to a cancelled adjustment. Select it with `cancelled` for lists."""
        return hasattr(self, "cancelled")

    def document(self) -> FilingDocument:
        return canonical_json.loads(self.content)


class CancelledRevision(models.Model):
    """A version submitted in an adjustment that was cancelled afterwards; `cancelled=None` selects all others.

    It stays readable, but is never again the version that is signed, reviewed or shown as the last one.
    """

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="cancelled", verbose_name="版本")

    class Meta:
        verbose_name = "已取消的版本"
        verbose_name_plural = "已取消的版本"

    def __str__(self) -> str:
        return f"{self.revision} 已取消"
