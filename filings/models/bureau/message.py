"""Messages to users about filings (消息), written by the background worker."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import IsNull

from filings.choices import MessageKind


class Message(models.Model):
    """消息: one sentence for one user, with the address of the page where to act. `key` prevents a repeated message."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="messages", verbose_name="收件人")
    kind = models.CharField("类别", max_length=30)
    key = models.CharField("标识", max_length=100)
    filing = models.ForeignKey(
        "Filing", models.CASCADE, null=True, blank=True, related_name="messages", verbose_name="申报表"
    )
    text = models.TextField("内容")
    url = models.CharField("链接", max_length=200, blank=True)
    at = models.DateTimeField("时间")
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    class Meta:
        verbose_name = "消息"
        verbose_name_plural = "消息"
        ordering = ("-id",)
        constraints = (
            # In this order, because messages are searched by their key.
            models.UniqueConstraint(fields=("key", "user"), name="message_once"),
            models.CheckConstraint(condition=Q(kind__in=list(MessageKind)), name="message_kind_known"),
        )
        indexes = (
            # The page lists unread messages first.
            models.Index("user", IsNull(F("read_at"), True).desc(), F("id").desc(), name="message_unread_first"),
            models.Index(fields=("user",), condition=Q(read_at__isnull=True), name="message_unread"),
        )

    def __str__(self) -> str:
        return self.text[:30]
