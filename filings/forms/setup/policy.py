"""The form of a cycle's review policy: settings, reasons with canned texts, and the score sheet."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms

from filings import labels
from filings.choices import Criterion, Grade
from filings.forms.lengths import too_long
from filings.forms.ordered_rows import OrderedRows, ordered_rows
from filings.forms.printable import printable
from filings.policy.errors import PolicyError
from filings.policy.policy import MOST_DAYS, MOST_SECONDS, ReviewPolicy

HANDLINGS = [(str(handling), label) for handling, label in labels.HANDLING.items()]
CRITERIA = [(str(criterion), label) for criterion, label in labels.CRITERION.items()]
LIMITED = (Grade.EXCELLENT, Grade.GOOD, Grade.FAIR)
_HANDLED = ("open_remarks", "low_grade", "unexplained")
_COUNTED = ("review_days", "correction_days", "undo_seconds")


class ReasonRow(forms.Form):
    """A reason code with its canned texts, one a line."""

    key = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    label = forms.CharField(label="原因", max_length=30, validators=[printable], error_messages=too_long("原因"))
    texts = forms.CharField(
        label="常用意见（每行一条）",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[printable],
    )
    field_order = ("key", "label", "texts")


class ScoreItemRow(forms.Form):
    """An item of the score sheet. `rules` are codes of rules, separated by spaces."""

    key = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    criterion = forms.ChoiceField(label="部分")
    label = forms.CharField(label="评分项", max_length=30, error_messages=too_long("评分项"))
    points = forms.DecimalField(label="分值", max_digits=5, decimal_places=2, widget=forms.NumberInput())
    rules = forms.CharField(label="参考的规则", required=False, max_length=200, error_messages=too_long("参考的规则"))
    field_order = ("key", "criterion", "label", "points", "rules")


class ReviewPolicyForm(forms.Form):
    """All values of the policy. `policy` is the resulting ReviewPolicy, set once the form is valid."""

    stamp = forms.CharField(widget=forms.HiddenInput)
    open_remarks = forms.ChoiceField(label="还有意见没有了结时", choices=HANDLINGS)
    low_grade = forms.ChoiceField(label="等级为中或差时", choices=HANDLINGS)
    unexplained = forms.ChoiceField(label="还有提醒没有说明时", choices=HANDLINGS)
    review_days = forms.IntegerField(label="每个审核环节（工作日）", min_value=0, max_value=MOST_DAYS)
    correction_days = forms.IntegerField(label="退回后修改（工作日）", min_value=0, max_value=MOST_DAYS)
    undo_seconds = forms.IntegerField(label="批复后可撤销（秒）", min_value=0, max_value=MOST_SECONDS)
    partial_reopening = forms.BooleanField(
        label="退回后只能改有意见的行和与它们相关的行", required=False, help_text="不勾选时，退回后整张表都可以改。"
    )
    excellent = forms.DecimalField(label="优，不低于", max_digits=5, decimal_places=2)
    good = forms.DecimalField(label="良，不低于", max_digits=5, decimal_places=2)
    fair = forms.DecimalField(label="中，不低于", max_digits=5, decimal_places=2)
    statement_texts = forms.CharField(
        label="确认事项（每行一条）",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[printable],
    )
    statements_verified = forms.BooleanField(label="确认事项已按本地规定核实", required=False)
    verified = forms.BooleanField(label="分值和等级分数线已按本地规定核实", required=False)

    policy: ReviewPolicy

    def __init__(self, data: Any = None, *, before: ReviewPolicy, stamp: str, is_started: bool = False) -> None:
        super().__init__(data, initial={**_settings(before), "stamp": stamp})
        self.before = before
        self.reasons: OrderedRows = ordered_rows(ReasonRow, 2)(data, prefix="reasons", initial=_reasons(before))
        self.items: OrderedRows = ordered_rows(ScoreItemRow, 0 if is_started else 2)(
            data, prefix="items", initial=_items(before), choices={"criterion": CRITERIA}
        )
        if is_started:
            self._lock()

    def _lock(self) -> None:
        """Disable what a started cycle keeps; disabled fields have their initial values, whatever is posted."""
        for field in (*self.handling, self["partial_reopening"], *self.limits):
            field.field.disabled = True
        for row in self.items:
            for item in row.fields.values():
                item.disabled = True
        for row in self.reasons.initial_forms:
            row.fields["DELETE"].disabled = True

    @property
    def handling(self) -> list[forms.BoundField]:
        return [self[name] for name in (*_HANDLED, *_COUNTED)]

    @property
    def limits(self) -> list[forms.BoundField]:
        return [self[grade] for grade in LIMITED]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.reasons.is_valid():
            self.add_error(None, "原因有需要改正之处，见表中红字。")
        if not self.items.is_valid():
            self.add_error(None, "评分项有需要改正之处，见表中红字。")
        if not self.errors:
            try:
                self.policy = ReviewPolicy.from_json(self._json(data))
            except PolicyError as error:
                self.add_error(None, str(error))
        return data

    def _json(self, data: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **{name: data[name] for name in (*_HANDLED, *_COUNTED, "partial_reopening")},
            "reasons": [
                {"key": _key(row), "label": row["label"], "texts": _lines(row["texts"])} for row in _rows(self.reasons)
            ],
            "statements": _lines(data["statement_texts"]),
            "statements_verified": data["statements_verified"],
            "publication": self.before.publication.to_json(),
            "score_sheet": {
                "verified": data["verified"],
                "limits": [[grade, _plain(data[grade])] for grade in LIMITED],
                "sections": _sections(_rows(self.items)),
            },
        }


def _settings(policy: ReviewPolicy) -> dict[str, Any]:
    values = policy.to_json()
    limits = {grade.value: _plain(least) for grade, least in policy.score_sheet.limits}
    texts = {"verified": policy.score_sheet.verified, "statement_texts": "\n".join(policy.statements)}
    return {**values, **limits, **texts}


def _reasons(policy: ReviewPolicy) -> list[dict[str, Any]]:
    return [{"key": code.key, "label": code.label, "texts": "\n".join(code.texts)} for code in policy.reasons]


def _items(policy: ReviewPolicy) -> list[dict[str, Any]]:
    return [
        {
            "key": item.key,
            "criterion": section.criterion.value,
            "label": item.label,
            "points": _plain(item.points),
            "rules": " ".join(item.rules),
        }
        for section in policy.score_sheet.sections
        for item in section.items
    ]


def _rows(formset: OrderedRows) -> list[dict[str, Any]]:
    return [form.cleaned_data for form in formset.ordered_forms]


def _sections(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Group the items by criterion, in the order of `Criterion`. Criteria without items are left out."""
    rows = list(rows)
    sections = []
    for criterion in Criterion:
        items = [
            {"key": _key(row), "label": row["label"], "points": _plain(row["points"]), "rules": _codes(row["rules"])}
            for row in rows
            if row["criterion"] == criterion
        ]
        if items:
            sections.append({"criterion": criterion.value, "label": labels.CRITERION[criterion], "items": items})
    return sections


def _key(row: Mapping[str, Any]) -> str:
    return str(row["key"] or uuid4().hex[:8])


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _codes(text: str) -> list[str]:
    return text.upper().replace("，", " ").replace(",", " ").replace("、", " ").split()


def _plain(number: Decimal) -> str:
    """Write points without trailing zeros: 10.00 gives 10."""
    return f"{number.normalize():f}"
