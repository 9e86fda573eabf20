"""Issued copies: the sealed PDF of an approved revision. The file itself is stored by lifecycle/issuing.py."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from filings.models.tables.filing import Filing
from filings.models.tables.revision import Revision

PADES_LEVELS = ("B-B", "B-T", "B-LT")


class IssuedCopy(models.Model):
    """定稿. At most one per filing is live; its successor refers to it in `supersedes`.

    A revoked copy is kept with its reason and is not live. `signed_by` is the subject of the certificate, `level` the
    PAdES level or another signer's name for its kind of signature; both are empty for a copy without signature. A
    successor of the same revision was issued again for `reissue_reason`.
    """

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="issued_copies", verbose_name="申报表")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="issued_copies", verbose_name="版本")
    sha256 = models.CharField("文件校验码", max_length=64)
    code = models.CharField("核验码", max_length=20, unique=True)
    seal_sha256 = models.CharField("所用印章的校验码", max_length=64, blank=True)
    signed_by = models.CharField("签名人", max_length=200, blank=True)
    certificate_sha256 = models.CharField("签名证书的校验码", max_length=64, blank=True)
    level = models.CharField("签名级别", max_length=10, blank=True)
    reissue_reason = models.TextField("补办理由", blank=True)
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name="取代"
    )
    live = models.BooleanField("现行", default=True)
    issued_at = models.DateTimeField("批复时间")
    revoked_at = models.DateTimeField("撤回批复时间", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="revoked_copies",
        verbose_name="撤回人",
    )
    revoked_by_name = models.CharField("撤回人姓名", max_length=50, blank=True)
    revoked_by_office = models.CharField("撤回人股室", max_length=100, blank=True)
    revocation_reason = models.TextField("撤回理由", blank=True)

    class Meta:
        verbose_name = "定稿"
        verbose_name_plural = "定稿"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("filing",), condition=Q(live=True), name="issued_copy_one_live"),
            models.UniqueConstraint(fields=("supersedes",), name="issued_copy_superseded_once"),
            models.CheckConstraint(
                condition=Q(signed_by="", certificate_sha256="", level="")
                | ~Q(signed_by="") & ~Q(certificate_sha256="") & ~Q(level=""),
                name="issued_copy_signed_with_a_certificate",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False, live=False) & ~Q(revocation_reason=""),
                name="issued_copy_revoked_with_a_reason",
            ),
        )
        # A file is looked up by its hash.
        indexes = (models.Index(fields=("sha256",), name="issued_copy_file"),)

    def __str__(self) -> str:
        return self.code

    @property
    def is_signed_with_pades(self) -> bool:
        return self.level in PADES_LEVELS

    @property
    def approved_at(self) -> datetime:
        """When the version was approved; asks the database for a copy issued again."""
        if not self.reissue_reason:
            return self.issued_at
        approvals = IssuedCopy.objects.filter(revision=self.revision_id, reissue_reason="", pk__lt=self.pk)
        return approvals.order_by("-pk").values_list("issued_at", flat=True)[0]
