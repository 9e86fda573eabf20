"""Rows of an edition in its form: budget lines and indicators, ordered by numbers, added at the end, removed."""

from typing import Any

from django import forms

from filings.admin.edition_fields import Aliases, PrintedText
from filings.admin.edition_parts import SIDES, Data
from filings.library.classes import CLASSES

MOST_ROWS = 200
STEP = 10
FIRST, SECOND = "1", "2"
LEVELS: list[tuple[str, str]] = [(FIRST, "一级"), (SECOND, "二级")]
FIRST_CLASSES: dict[str, str] = {
    "OUT": "产出指标",
    "BEN": "效益指标",
    "SAT": "满意度指标",
    "COST": "成本指标",
}
OWN: tuple[str, str] = ("", "没有对应的")


class EditionRow(forms.Form):
    """What every row has. Its key is the one that it was shown for; a new row gets one when all are put together."""

    label = PrintedText(label="名称", columns=24)
    aliases = Aliases()

    @property
    def key(self) -> str:
        return str(self.initial.get("key", ""))


class LineRow(EditionRow):
    """A line of the budget that is part of a split."""

    side = forms.ChoiceField(label="属于")
    field_order = ("side", "label", "aliases")


class NodeRow(EditionRow):
    """An indicator of the first level, or of the second, which belongs to the nearest first level above it."""

    level = forms.ChoiceField(label="级别", choices=LEVELS, initial=SECOND)
    canonical = forms.ChoiceField(label="通用类别", required=False)
    required = forms.BooleanField(label="必填", required=False, initial=True)
    field_order = ("level", "label", "canonical", "aliases", "required")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        level, canonical = cleaned.get("level"), cleaned.get("canonical")
        of_other_level = {FIRST: CLASSES, SECOND: FIRST_CLASSES}.get(str(level), {})
        if canonical in of_other_level and canonical != self.initial.get("canonical"):
            words = {"level": dict(LEVELS)[str(level)]}
            self.add_error("canonical", "这一行是{level}指标，请选{level}的通用类别。".format(**words))
        return cleaned


class Rows(forms.BaseFormSet):
    """Numbers of order go in tens, so that a row can be put between two others."""

    choices: dict[str, list[Any]]

    def __init__(self, *args: Any, choices: dict[str, list[Any]], **options: Any) -> None:
        self.choices = choices
        super().__init__(*args, **options)

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        order, remove = form.fields["ORDER"], form.fields.get("DELETE")
        order.label = "次序"
        if index is not None and index < self.initial_form_count():
            order.initial = STEP * (index + 1)
        if remove:
            remove.label = "删去"
        for name, choices in self.choices.items():
            field: Any = form.fields[name]
            # The first is what a row sends that nobody touched.
            field.choices, field.initial = choices, choices[0][0]
        form.order_fields(["ORDER", *(form.field_order or ())])
        for shown in form.fields.values():
            # In a table, the words stand above the column and not beside the field.
            shown.widget.attrs["aria-label"] = shown.label


def _formset(row: type[EditionRow], extra: int) -> Any:
    return forms.formset_factory(
        row,
        Rows,
        extra=extra,
        can_order=True,
        can_delete=True,
        can_delete_extra=False,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
        validate_max=True,
    )


def line_rows(data: Data, posted: Any) -> Rows:
    """The budget lines of an edition's data, the total aside."""
    initial = [{**line, "side": split["side"]} for split in data["splits"] for line in split["lines"]]
    sides = [(split["side"], SIDES.get(split["side"], split["side"])) for split in data["splits"]]
    rows: Rows = _formset(LineRow, extra=2 if sides else 0)(
        posted, prefix="lines", initial=initial, choices={"side": sides or [OWN]}
    )
    return rows


def node_rows(data: Data, posted: Any) -> Rows:
    """The indicators of an edition's data, both levels one below the other."""
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
    rows: Rows = _formset(NodeRow, extra=3)(posted, prefix="nodes", initial=initial, choices={"canonical": classes})
    return rows
