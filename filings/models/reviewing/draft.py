"""Drafts of reviews: what a reviewer has typed and not yet decided."""

from django.conf import settings
from django.db import models

from filings.models.tables.revision import Revision


class ReviewDraft(models.Model):
    """A reviewer's draft on one revision, stored as typed by autosave, until the decision.

    `content` has the keys of reviewing.review_draft.DraftContent. `number` is the number of the last save, so that
    late or repeated requests do no harm.
    """

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="review_drafts", verbose_name="版本")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="review_drafts", verbose_name="审核人"
    )
    content = models.JSONField("内容", default=dict)
    number = models.PositiveBigIntegerField("保存序号", default=0)
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        verbose_name = "审核草稿"
        verbose_name_plural = "审核草稿"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("revision", "by"), name="review_draft_once"),)

    def __str__(self) -> str:
        return f"{self.revision} {self.by}"


class OpenPage(models.Model):
    """A reviewer who has the review page of a filing open; `seen_at` is renewed while it stays open."""

    filing = models.ForeignKey("Filing", models.CASCADE, related_name="open_pages", verbose_name="申报表")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="审核人")
    seen_at = models.DateTimeField("最近打开时间")

    class Meta:
        verbose_name = "打开的审核页"
        verbose_name_plural = "打开的审核页"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("filing", "user"), name="open_page_once"),)

    def __str__(self) -> str:
        return f"{self.filing} {self.user}"
