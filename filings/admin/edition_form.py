"""An edition as fields: read out of its data, put back into them, and the whole checked before anything is saved."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from filings.admin import edition_parts, edition_rules
from filings.admin.edition_fields import Aliases, PrintedText
from filings.admin.edition_parts import Data, EditionPart
from filings.admin.edition_removal import refuse_to_remove_what_is_filled_in
from filings.admin.edition_rows import line_rows, node_rows
from filings.admin.edition_sentences import sentence
from filings.admin.edition_whole import splits_of, tree_of
from filings.document import edition_json
from filings.document.edition import Edition, EditionError
from filings.document.edition_validation import LONGEST_LABEL
from filings.models import FormEdition

LONGEST_NOTES = 2000
WHOLE_WIDTH = 100


@dataclass(frozen=True)
class FieldGroup:
    """Fields that stand together under a heading."""

    title: str
    fields: list[BoundField]


class EditionForm(forms.ModelForm):
    """Every part that a manager may change. `definition` is the whole that was put together, once it is valid."""

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
        self.data_before = edition_parts.data_of(self.before)
        total = self.data_before["total"]
        self.initial.update(stamp=self.instance.stamp, total_label=total["label"], total_aliases=total["aliases"])
        self.fields |= {part.name: _text(part, self.data_before) for part in self._texts()}
        self.fields |= {part.name: _width(part, self.data_before) for part in self._widths()}
        self.fields |= edition_rules.fields(self.before)
        self.lines = line_rows(self.data_before, data)
        self.nodes = node_rows(self.data_before, data)

    def groups(self) -> list[FieldGroup]:
        found = edition_parts.groups(self.data_before)
        return [FieldGroup(title, [self[part.name] for part in parts]) for title, parts in found if parts]

    def widths(self) -> list[BoundField]:
        return [self[part.name] for part in self._widths()]

    def rules(self) -> list[edition_rules.ShownRule]:
        return edition_rules.shown(self, self.before)

    def clean(self) -> None:
        super().clean()
        self._refuse_what_was_changed_meanwhile()
        if not self.lines.is_valid():
            self.add_error(None, "预算行里有要改的地方，见表中的红字。")
        if not self.nodes.is_valid():
            self.add_error(None, "指标里有要改的地方，见表中的红字。")
        if self.errors:
            return
        data = self._whole()
        _refuse_wrong_width(data)
        refuse_to_remove_what_is_filled_in(self.instance, self.data_before, data)
        try:
            self.definition = edition_json.from_data(data)
        except EditionError as error:
            raise ValidationError(sentence(error)) from error

    def _refuse_what_was_changed_meanwhile(self) -> None:
        """The row stays locked from here until the change is saved."""
        stored = FormEdition.objects.select_for_update().get(pk=self.instance.pk)
        if self.cleaned_data.get("stamp") != stored.stamp:
            raise ValidationError(
                "您打开以后，这份表样已被别人改过，所以没有保存。请另开一页看看改了什么，再重新打开本页来改。"
            )

    def _whole(self) -> Data:
        data = edition_parts.data_of(self.before)
        for part in (*self._texts(), *self._widths()):
            part.put(data, self.cleaned_data[part.name])
        total = {name: self.cleaned_data[f"total_{name}"] for name in ("label", "aliases")}
        data["total"] = {**data["total"], **total}
        edition_rules.put(data, self.cleaned_data, self.before)
        data["splits"] = splits_of(data, self.lines.ordered_forms)
        data["tree"] = tree_of(self.nodes.ordered_forms)
        return data

    def _texts(self) -> list[EditionPart]:
        return [part for _title, parts in edition_parts.groups(self.data_before) for part in parts]

    def _widths(self) -> list[EditionPart]:
        return edition_parts.widths(self.data_before)


class LockedForm(EditionForm):
    """The same page, to be looked at."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for form in (self, *self.lines, *self.nodes):
            for field in form.fields.values():
                field.disabled = True


def _text(part: EditionPart, data: Data) -> forms.Field:
    """What had words keeps some."""
    value = str(part.value(data))
    most = LONGEST_NOTES if part.path == ("notes",) else LONGEST_LABEL
    return PrintedText(label=part.caption, initial=value, required=bool(value), lines=part.lines, max_length=most)


def _width(part: EditionPart, data: Data) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"size": 4})
    return forms.IntegerField(
        label=part.caption, initial=part.value(data), min_value=1, max_value=WHOLE_WIDTH, widget=widget
    )


def _refuse_wrong_width(data: Data) -> None:
    if (whole := sum(data["widths"])) != WHOLE_WIDTH:
        words = {"sum": whole, "whole": WHOLE_WIDTH}
        raise ValidationError("各列宽度加起来是 {sum}，请改成正好 {whole}。".format(**words))
