"""Edit an edition as form fields: read them from its data, write them back, and validate the result as a whole."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from filings.admin.editions import parts, rules
from filings.admin.editions.assembly import assemble_splits, assemble_tree
from filings.admin.editions.fields import Aliases, PrintedText
from filings.admin.editions.messages import message
from filings.admin.editions.parts import Data, EditionPart
from filings.admin.editions.removal import check_removals
from filings.admin.editions.rows import line_rows, node_rows
from filings.document import edition_json
from filings.document.edition import Edition, EditionError
from filings.document.edition_validation import LONGEST_LABEL
from filings.models import FormEdition

LONGEST_NOTES = 2000
WHOLE_WIDTH = 100


@dataclass(frozen=True)
class FieldGroup:
    """Fields under a common heading."""

    title: str
    fields: list[BoundField]


class EditionForm(forms.ModelForm):
    """All parts that a manager may change. `definition` is the resulting edition, set once the form is valid."""

    stamp = forms.CharField(widget=forms.HiddenInput)
    total_label = PrintedText(label="总额行", columns=24)
    total_aliases = Aliases()

    definition: Edition

    class Meta:
        model = FormEdition
        fields = ()

    def __init__(self, data: Any = None, files: Any = None, **options: Any) -> None:
        super().__init__(data, files, **options)
        self.before = self.instance.definition()
        self.data_before = parts.data_of(self.before)
        total = self.data_before["total"]
        self.initial.update(stamp=self.instance.stamp, total_label=total["label"], total_aliases=total["aliases"])
        self.fields |= {part.name: _text(part, self.data_before) for part in parts.text_parts(self.data_before)}
        self.fields |= {part.name: _width(part, self.data_before) for part in parts.width_parts(self.data_before)}
        self.fields |= rules.fields(self.before)
        self.lines = line_rows(self.data_before, data)
        self.nodes = node_rows(self.data_before, data)

    def groups(self) -> list[FieldGroup]:
        groups = parts.groups(self.data_before)
        return [FieldGroup(title, [self[part.name] for part in members]) for title, members in groups if members]

    def widths(self) -> list[BoundField]:
        return [self[part.name] for part in parts.width_parts(self.data_before)]

    def rules(self) -> list[rules.RuleFields]:
        return rules.bound_fields(self, self.before)

    def clean(self) -> None:
        super().clean()
        self._check_stamp()
        if not self.lines.is_valid():
            self.add_error(None, "预算行有需要改正之处，见表中红字。")
        if not self.nodes.is_valid():
            self.add_error(None, "指标有需要改正之处，见表中红字。")
        if self.errors:
            return
        data = self._data()
        _check_widths(data)
        check_removals(self.instance, self.data_before, data)
        try:
            self.definition = edition_json.from_data(data)
        except EditionError as error:
            raise ValidationError(message(error)) from error

    def _check_stamp(self) -> None:
        """Refuse to overwrite a change saved since the page was opened. Locks the row until the change is saved."""
        stored = FormEdition.objects.select_for_update().get(pk=self.instance.pk)
        if self.cleaned_data.get("stamp") != stored.stamp:
            raise ValidationError("您打开后，这份表样已被他人修改，未保存。请另开页面查看改动，再重新打开本页修改。")

    def _data(self) -> Data:
        """Return the edition's data with the values of all fields."""
        data = parts.data_of(self.before)
        for part in (*parts.text_parts(data), *parts.width_parts(data)):
            part.put(data, self.cleaned_data[part.name])
        total = {name: self.cleaned_data[f"total_{name}"] for name in ("label", "aliases")}
        data["total"] = {**data["total"], **total}
        rules.put(data, self.cleaned_data, self.before)
        data["splits"] = assemble_splits(data, self.lines.ordered_forms)
        data["tree"] = assemble_tree(self.nodes.ordered_forms)
        return data


class LockedForm(EditionForm):
    """The same form with all fields disabled."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for form in (self, *self.lines, *self.nodes):
            for field in form.fields.values():
                field.disabled = True


def _text(part: EditionPart, data: Data) -> forms.Field:
    """Build the field of a text. A text that was not blank is required."""
    value = str(part.value(data))
    most = LONGEST_NOTES if part.path == ("notes",) else LONGEST_LABEL
    return PrintedText(label=part.caption, initial=value, required=bool(value), lines=part.lines, max_length=most)


def _width(part: EditionPart, data: Data) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"size": 4})
    return forms.IntegerField(
        label=part.caption, initial=part.value(data), min_value=1, max_value=WHOLE_WIDTH, widget=widget
    )


def _check_widths(data: Data) -> None:
    if (total := sum(data["widths"])) != WHOLE_WIDTH:
        raise ValidationError(f"各列宽度合计 {total}，请改为 {WHOLE_WIDTH}。")
