"""Editions of the table: rows that cycles, amounts and indicators refer to, read as a document.edition.Edition.

Editions are written by filings/editions/store.py.
"""

from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from filings.choices import Side
from filings.document import edition_json
from filings.document.edition import Edition

LARGEST_CACHE = 20
# Lines and nodes of editions, by stamp.
_CACHE: "dict[str, tuple[list[BudgetLine], list[IndicatorNode]]]" = {}


def new_stamp() -> str:
    return uuid4().hex


class FormEdition(models.Model):
    """The table's form in a year and a region. `layout` holds its data without budget lines and indicator nodes.

    `stamp` changes with each change of the edition, so that lines and nodes can be cached under it.
    """

    code = models.CharField("代码", max_length=60)
    version = models.PositiveIntegerField("版次")
    name = models.CharField("名称", max_length=100)
    layout = models.JSONField("版式")
    stamp = models.CharField("修改标记", max_length=32, default=new_stamp, editable=False)

    class Meta:
        verbose_name = "表样"
        verbose_name_plural = "表样"
        ordering = ("code", "version")
        constraints = (models.UniqueConstraint(fields=("code", "version"), name="edition_code_and_version_once"),)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.in_use():
            raise ValidationError(f"已有申报表按「{self.name}」提交，不能再改；请另建一个版次。")

    def in_use(self) -> bool:
        """Whether a filing on this edition has been submitted."""
        return bool(self.pk) and self.cycles.filter(filings__revisions__isnull=False).exists()

    def definition(self) -> Edition:
        """Build the Edition value, equal to the one that was stored."""
        lines, nodes = self._parts()
        total = next(line for line in lines if not line.side)
        splits = [
            {**split, "lines": [line.data() for line in lines if line.side == split["side"]]}
            for split in self.layout["splits"]
        ]
        tree = [
            {**first.data(), "children": [node.data() for node in nodes if node.parent_id == first.pk]}
            for first in nodes
            if first.parent_id is None
        ]
        names = {"code": self.code, "version": self.version, "name": self.name}
        return edition_json.from_data({**self.layout, **names, "total": total.data(), "splits": splits, "tree": tree})

    def node_ids(self) -> dict[str, int]:
        """Map the keys of second-level nodes to their primary keys."""
        return {node.key: node.pk for node in self._parts()[1] if node.parent_id}

    def _parts(self) -> "tuple[list[BudgetLine], list[IndicatorNode]]":
        """Lines and nodes in printed order, cached by stamp because every save needs them."""
        parts = _CACHE.get(self.stamp)
        if parts is None:
            if len(_CACHE) >= LARGEST_CACHE:
                _CACHE.clear()
            parts = _CACHE[self.stamp] = (list(self.lines.all()), list(self.nodes.all()))
        return parts


class BudgetLine(models.Model):
    """A line of the budget block. The total has a blank side."""

    edition = models.ForeignKey(FormEdition, models.CASCADE, related_name="lines", verbose_name="表样")
    key = models.CharField("键", max_length=60)
    side = models.CharField("分类", max_length=20, blank=True)
    position = models.PositiveIntegerField("次序")
    label = models.CharField("名称", max_length=100)
    aliases = models.JSONField("别名", default=list, blank=True)

    class Meta:
        verbose_name = "预算行"
        verbose_name_plural = "预算行"
        ordering = ("edition", "position")
        constraints = (
            models.UniqueConstraint(fields=("edition", "key"), name="budget_line_key_once"),
            models.CheckConstraint(condition=Q(side__in=["", *Side]), name="budget_line_side_known"),
        )

    def __str__(self) -> str:
        return self.label

    def data(self) -> dict[str, Any]:
        return {"key": self.key, "label": self.label, "aliases": self.aliases}


class IndicatorNode(models.Model):
    """A first-level indicator, or a second-level one with its parent. `canonical` identifies it across editions."""

    edition = models.ForeignKey(FormEdition, models.CASCADE, related_name="nodes", verbose_name="表样")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name="一级指标"
    )
    key = models.CharField("键", max_length=60)
    canonical = models.CharField("通用键", max_length=60)
    position = models.PositiveIntegerField("次序")
    label = models.CharField("名称", max_length=100)
    aliases = models.JSONField("别名", default=list, blank=True)
    required = models.BooleanField("必填", default=True)

    class Meta:
        verbose_name = "指标分类"
        verbose_name_plural = "指标分类"
        ordering = ("edition", "position")
        constraints = (models.UniqueConstraint(fields=("edition", "key"), name="indicator_node_key_once"),)

    def __str__(self) -> str:
        return self.label

    def data(self) -> dict[str, Any]:
        names = ("key", "canonical", "label", "aliases", "required")
        return {name: getattr(self, name) for name in names}
