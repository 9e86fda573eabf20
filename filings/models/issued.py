"""Issued copies: the sealed PDF of an approved revision. The file itself is stored by lifecycle/issuing.py."""

from django.db import models
from django.db.models import Q

from filings.models.filing import Filing
from filings.models.revision import Revision


class IssuedCopy(models.Model):
    """定稿. At most one per filing is live; its successor refers to it in `supersedes`."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="issued_copies", verbose_name="申报表")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="issued_copies", verbose_name="版本")
    sha256 = models.CharField("文件校验值", max_length=64)
    code = models.CharField("核验码", max_length=20, unique=True)
    seal_sha256 = models.CharField("所用印章的校验值", max_length=64, blank=True)
    signature = models.TextField("电子签名", blank=True)
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name="取代"
    )
    live = models.BooleanField("现行", default=True)
    issued_at = models.DateTimeField("批复时间")

    class Meta:
        verbose_name = "定稿"
        verbose_name_plural = "定稿"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("filing",), condition=Q(live=True), name="issued_copy_one_live"),
            models.UniqueConstraint(fields=("supersedes",), name="issued_copy_superseded_once"),
        )

    def __str__(self) -> str:
        return self.code
