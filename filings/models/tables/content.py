"""Contents of a draft: text as typed, with the parsed values. Frozen versions are in revision.py.

Rows are ordered by `rank` (document/rank.py). A removed row keeps its content and has a blank rank, so that it can be
restored unchanged.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from filings.choices import PointKind
from filings.document.money import LARGEST_FEN
from filings.models.cycles.edition import IndicatorNode
from filings.models.tables.filing import Filing


class DraftText(models.Model):
    """A single text, keyed by its place: `fields[department]`, `goals[0]`."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="texts", verbose_name="申报表")
    place = models.CharField("位置", max_length=100)
    raw = models.TextField("内容", blank=True)

    class Meta:
        verbose_name = "文字"
        verbose_name_plural = "文字"
        ordering = ("filing", "place")
        constraints = (models.UniqueConstraint(fields=("filing", "place"), name="draft_text_place_once"),)

    def __str__(self) -> str:
        return self.place


class BudgetAmount(models.Model):
    """A budget amount as typed; `fen` is the parsed amount in 分, NULL when blank or invalid."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="amounts", verbose_name="申报表")
    line = models.CharField("预算行", max_length=60)
    raw = models.CharField("内容", max_length=200, blank=True)
    fen = models.BigIntegerField("金额（分）", null=True, blank=True)

    class Meta:
        verbose_name = "金额"
        verbose_name_plural = "金额"
        ordering = ("filing", "line")
        constraints = (
            models.UniqueConstraint(fields=("filing", "line"), name="budget_amount_line_once"),
            models.CheckConstraint(
                condition=Q(fen__isnull=True) | Q(fen__gte=0, fen__lte=LARGEST_FEN), name="budget_amount_in_range"
            ),
        )

    def __str__(self) -> str:
        return f"{self.line} {self.raw}"


class Duty(models.Model):
    """A duty, addressed by its permanent key."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="duties", verbose_name="申报表")
    key = models.CharField("行键", max_length=64)
    rank = models.CharField("次序", max_length=80, blank=True)
    raw = models.TextField("内容", blank=True)

    class Meta:
        verbose_name = "职责"
        verbose_name_plural = "职责"
        ordering = ("filing", "id")
        constraints = (models.UniqueConstraint(fields=("filing", "key"), name="duty_key_once"),)

    def __str__(self) -> str:
        return self.raw[:30]


class Task(models.Model):
    """A row of a task table; `fen` is the parsed amount in 分, NULL when blank or invalid."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="tasks", verbose_name="申报表")
    key = models.CharField("行键", max_length=64)
    rank = models.CharField("次序", max_length=80, blank=True)
    name = models.TextField("任务名称", blank=True)
    content = models.TextField("主要内容", blank=True)
    amount = models.CharField("预算金额", max_length=200, blank=True)
    fen = models.BigIntegerField("金额（分）", null=True, blank=True)

    class Meta:
        verbose_name = "任务"
        verbose_name_plural = "任务"
        ordering = ("filing", "id")
        constraints = (
            models.UniqueConstraint(fields=("filing", "key"), name="task_key_once"),
            models.CheckConstraint(
                condition=Q(fen__isnull=True) | Q(fen__gte=0, fen__lte=LARGEST_FEN), name="task_amount_in_range"
            ),
        )

    def __str__(self) -> str:
        return self.name[:30]


class Indicator(models.Model):
    """A third-level indicator. One without a node must still be classified; its labels are kept as in the source file.

    `kind`, `comparator`, `number` and `unit` are parsed from the target, for search.
    """

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="indicators", verbose_name="申报表")
    key = models.CharField("行键", max_length=64)
    rank = models.CharField("次序", max_length=80, blank=True)
    node = models.ForeignKey(
        IndicatorNode, models.SET_NULL, null=True, blank=True, related_name="indicators", verbose_name="二级指标"
    )
    found_first_level = models.CharField("原一级指标", max_length=200, blank=True)
    found_second_level = models.CharField("原二级指标", max_length=200, blank=True)
    name = models.TextField("三级指标", blank=True)
    target = models.TextField("指标值", blank=True)
    more = models.JSONField("其他列", default=dict, blank=True)
    kind = models.CharField("值的种类", max_length=20, blank=True)
    comparator = models.CharField("计算符号", max_length=4, blank=True)
    number = models.CharField("数值", max_length=200, blank=True)
    unit = models.CharField("计量单位", max_length=200, blank=True)

    class Meta:
        verbose_name = "指标"
        verbose_name_plural = "指标"
        ordering = ("filing", "id")
        constraints = (models.UniqueConstraint(fields=("filing", "key"), name="indicator_key_once"),)

    def __str__(self) -> str:
        return f"{self.name} {self.target}"


class Edit(models.Model):
    """One save: who changed which places, and when. `changes` is a list of {place, before, after}.

    Changes that were not applied have further keys (drafts/changes.py). Imports by earlier versions stored each section
    as one changed place, such as `duties`. Edits are only inserted. `client_id` is chosen by the page, so that a save
    that is sent twice is stored once. A save that changes nothing is not stored, except for a confirmation, whose
    client id begins with CONFIRMATION; no page can send it, because client ids of pages have no colon.
    """

    CONFIRMATION = "confirmation:"

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="edits", verbose_name="申报表")
    client_id = models.CharField("保存标识", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="edits", verbose_name="保存人")
    at = models.DateTimeField("保存时间")
    changes = models.JSONField("修改")

    class Meta:
        verbose_name = "保存记录"
        verbose_name_plural = "保存记录"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("filing", "client_id"), name="edit_once"),)

    def __str__(self) -> str:
        return f"{self.by} {self.at:%Y-%m-%d %H:%M}"


class RestorePoint(models.Model):
    """A snapshot of a draft that can be viewed and restored; `texts` is a JSON object of texts by place.

    `detail` is the name of an imported file, the number of a submitted version, or the time of a restored point.
    """

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="points", verbose_name="申报表")
    kind = models.CharField("缘由", max_length=20)
    detail = models.CharField("说明", max_length=200, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="points", verbose_name="办理人")
    at = models.DateTimeField("时间")
    texts = models.TextField("内容")

    class Meta:
        verbose_name = "可恢复的版本"
        verbose_name_plural = "可恢复的版本"
        ordering = ("-id",)
        constraints = (models.CheckConstraint(condition=Q(kind__in=list(PointKind)), name="point_kind_known"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
