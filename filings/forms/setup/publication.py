"""The form of a cycle's publication settings: date, QR code, reasons of adjustments, bases for not publishing."""

from typing import Any
from uuid import uuid4

from django import forms

from filings import labels
from filings.forms.lengths import too_long
from filings.forms.ordered_rows import OrderedRows, ordered_rows
from filings.forms.printable import printable
from filings.policy.errors import PolicyError
from filings.policy.policy import MOST_DAYS
from filings.policy.publication import PublicationPolicy
from filings.policy.reason_codes import ReasonCode

LONGEST_LABEL = 100


class LabelRow(forms.Form):
    """A reason or basis. The key stays when the label is changed."""

    key = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    label = forms.CharField(
        label="名称", max_length=LONGEST_LABEL, validators=[printable], error_messages=too_long("名称")
    )
    field_order = ("key", "label")


class PublicationForm(forms.Form):
    """The settings. `policy` is the resulting PublicationPolicy, set once the form is valid."""

    stamp = forms.CharField(widget=forms.HiddenInput)
    publish_by = forms.DateField(
        label="公开期限",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="本批次的定稿应在这一天前公开；不填的，按批复后的工作日计算。",
        error_messages={"invalid": "请填写公开期限，如 2027-03-31，或者留空。"},
    )
    days = forms.IntegerField(label="批复后（工作日）", min_value=1, max_value=MOST_DAYS)
    qr_pages = forms.ChoiceField(label="定稿上的二维码", choices=list(labels.QR_PAGES.items()))
    verified = forms.BooleanField(label="公开期限、调整原因和不公开依据已按本地规定核实", required=False)

    policy: PublicationPolicy

    def __init__(self, data: Any = None, *, before: PublicationPolicy, initial: dict[str, Any]) -> None:
        super().__init__(data, initial={**before.to_json(), **initial})
        self.reasons = _rows(data, "reasons", before.adjustment_reasons)
        self.bases = _rows(data, "bases", before.bases)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for rows, name in ((self.reasons, "调整原因"), (self.bases, "不公开依据")):
            if not rows.is_valid():
                self.add_error(None, f"{name}有需要改正之处，见表中红字。")
        if not self.errors:
            values = {name: data[name] for name in ("days", "qr_pages", "verified")}
            reasons, bases = _codes(self.reasons), _codes(self.bases)
            try:
                self.policy = PublicationPolicy.from_json({**values, "adjustment_reasons": reasons, "bases": bases})
            except PolicyError as error:
                self.add_error(None, str(error))
        return data


def _rows(data: Any, prefix: str, codes: tuple[ReasonCode, ...]) -> OrderedRows:
    initial = [{"key": code.key, "label": code.label} for code in codes]
    rows: OrderedRows = ordered_rows(LabelRow, 2)(data, prefix=prefix, initial=initial)
    return rows


def _codes(rows: OrderedRows) -> list[dict[str, str]]:
    filled = [form.cleaned_data for form in rows.ordered_forms]
    return [{"key": row["key"] or uuid4().hex[:8], "label": row["label"]} for row in filled]
