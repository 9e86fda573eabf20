"""Editions of the form as stored: what a manager sees and filings point to. the pure Edition is made of these."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from filings.choices import Side
from filings.document import edition as form
from filings.document import edition_json


class EditionInUse(Exception):
    """A change of a form that a submitted filing was made on."""


class EditionTaken(Exception):
    """A new form with the code and version of another."""


def new_stamp() -> str:
    return uuid4().hex


class FormEdition(models.Model):
    """The form of a year and a place. `layout` is everything of its data but budget lines and indicator nodes.

    `stamp` is another after each change of those: what was read of them under it need not be read again.
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
        """Whether a filing on this form has been submitted."""
        return bool(self.pk) and self.cycles.filter(filings__revisions__isnull=False).exists()

    def definition(self) -> form.Edition:
        """The form as a value, equal to the one that was stored."""
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
        """Second-level nodes by key."""
        return {node.key: node.pk for node in self._parts()[1] if node.parent_id}

    def _parts(self) -> "tuple[list[BudgetLine], list[IndicatorNode]]":
        """Lines and nodes in printed order, as they were first read under this stamp: each save asks for them."""
        kept = _READ.get(self.stamp)
        if kept is None:
            if len(_READ) >= MOST_KEPT:
                _READ.clear()
            kept = _READ[self.stamp] = (list(self.lines.all()), list(self.nodes.all()))
        return kept


MOST_KEPT = 20
_READ: "dict[str, tuple[list[BudgetLine], list[IndicatorNode]]]" = {}


class BudgetLine(models.Model):
    """A line of the budget block; the total has no side."""

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
    """A first-level indicator, or a second-level one below its parent. `canonical` compares across forms."""

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


def store(definition: form.Edition) -> FormEdition:
    """Put a form into the database; storing the same again changes nothing. Raises EditionInUse and EditionTaken."""
    stored = FormEdition.objects.filter(code=definition.code, version=definition.version).first()
    return change(stored, definition) if stored else add(definition)


@transaction.atomic
def add(definition: form.Edition) -> FormEdition:
    """Put a new form into the database. Raises EditionTaken, also when somebody else was quicker."""
    row = FormEdition(code=definition.code, version=definition.version)
    try:
        with transaction.atomic():
            _save(row, definition)
    except IntegrityError as error:
        raise EditionTaken(f"{definition.code} version {definition.version} exists: make the next") from error
    _store_parts(row, definition)
    return row


@transaction.atomic
def change(stored: FormEdition, definition: form.Edition) -> FormEdition:
    """Make a stored form another one, of the same code and version. Raises EditionInUse."""
    row = FormEdition.objects.select_for_update().get(pk=stored.pk)
    if row.definition().sha256 == definition.sha256:
        return row
    if row.in_use():
        raise EditionInUse(f"{row.code} version {row.version} is used by submitted filings: make the next")
    _save(row, definition)
    _store_parts(row, definition)
    return row


def _save(row: FormEdition, definition: form.Edition) -> None:
    row.name, row.layout, row.stamp = definition.name, _layout(definition), new_stamp()
    row.save()


def _store_parts(row: FormEdition, definition: form.Edition) -> None:
    _store_lines(row, definition)
    _store_nodes(row, definition)


def _layout(definition: form.Edition) -> dict[str, Any]:
    elsewhere = ("code", "version", "name", "total", "tree")
    data = {key: value for key, value in definition.to_data().items() if key not in elsewhere}
    data["splits"] = [{key: split[key] for key in split if key != "lines"} for split in data["splits"]]
    return data


def _store_lines(row: FormEdition, definition: form.Edition) -> None:
    lines = [("", definition.total), *((split.side, line) for split in definition.splits for line in split.lines)]
    row.lines.exclude(key__in=[line.key for _side, line in lines]).delete()
    for position, (side, line) in enumerate(lines):
        values = {"side": side, "position": position, "label": line.label, "aliases": list(line.aliases)}
        row.lines.update_or_create(key=line.key, defaults=values)


def _store_nodes(row: FormEdition, definition: form.Edition) -> None:
    """Nodes keep their rows where the key stays, because rows of drafts point to them."""
    kept: list[int] = []
    for first in definition.tree:
        parent = _store_node(row, first, None, len(kept))
        kept.append(parent.pk)
        for second in first.children:
            kept.append(_store_node(row, second, parent, len(kept)).pk)
    row.nodes.exclude(pk__in=kept).delete()


def _store_node(row: FormEdition, node: form.Node, parent: IndicatorNode | None, position: int) -> IndicatorNode:
    values = {
        "parent": parent,
        "position": position,
        "canonical": node.canonical,
        "label": node.label,
        "aliases": list(node.aliases),
        "required": node.required,
    }
    return row.nodes.update_or_create(key=node.key, defaults=values)[0]
