"""Formsets for the budget lines and indicators of an edition."""

from typing import Any

from django import forms

from filings.admin.editions.fields import Aliases, PrintedText
from filings.admin.editions.parts import SIDES, Data
from filings.forms.ordered_rows import OrderedRows, ordered_rows
from filings.library.classes import CLASSES

FIRST, SECOND = "1", "2"
LEVELS = [(FIRST, "一级"), (SECOND, "二级")]
FIRST_CLASSES = {
    "OUT": "产出指标",
    "BEN": "效益指标",
    "SAT": "满意度指标",
    "COST": "成本指标",
}
OWN = ("", "没有对应的")


class EditionRow(forms.Form):
    """Fields common to all rows. The key is that of the edition; new rows get one in assembly.py."""

    label = PrintedText(label="名称", columns=24)
    aliases = Aliases()

    @property
    def key(self) -> str:
        return str(self.initial.get("key", ""))


class LineRow(EditionRow):
    """A budget line of a split."""

    side = forms.ChoiceField(label="属于")
    field_order = ("side", "label", "aliases")


class NodeRow(EditionRow):
    """An indicator. One of the second level belongs to the nearest first level above it."""

    level = forms.ChoiceField(label="级别", choices=LEVELS, initial=SECOND)
    canonical = forms.ChoiceField(label="通用类别", required=False)
    required = forms.BooleanField(label="必填", required=False, initial=True)
    field_order = ("level", "label", "canonical", "aliases", "required")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        level, canonical = cleaned.get("level"), cleaned.get("canonical")
        of_other_level = {FIRST: CLASSES, SECOND: FIRST_CLASSES}.get(str(level), {})
        if canonical in of_other_level and canonical != self.initial.get("canonical"):
            label = dict(LEVELS)[str(level)]
            self.add_error("canonical", f"这一行是{label}指标，请选{label}的通用类别。")
        return cleaned


def line_rows(data: Data, posted: Any) -> OrderedRows:
    """Build the formset of an edition's budget lines, without the total."""
    initial = [{**line, "side": split["side"]} for split in data["splits"] for line in split["lines"]]
    sides = [(split["side"], SIDES.get(split["side"], split["side"])) for split in data["splits"]]
    rows: OrderedRows = ordered_rows(LineRow, extra=2 if sides else 0)(
        posted, prefix="lines", initial=initial, choices={"side": sides or [OWN]}
    )
    return rows


def node_rows(data: Data, posted: Any) -> OrderedRows:
    """Build the formset of an edition's indicators, with both levels in printed order."""
    initial = []
    for first in data["tree"]:
        initial.append({**first, "level": FIRST})
        initial += [{**second, "level": SECOND} for second in first["children"]]
    own = sorted({node["canonical"] for node in initial} - {*FIRST_CLASSES, *CLASSES})
    classes: list[Any] = [
        OWN,
        *((canonical, canonical) for canonical in own),
        ("一级指标", list(FIRST_CLASSES.items())),
        ("二级指标", list(CLASSES.items())),
    ]
    rows: OrderedRows = ordered_rows(NodeRow, extra=3)(
        posted, prefix="nodes", initial=initial, choices={"canonical": classes}
    )
    return rows
