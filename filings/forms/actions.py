"""What comes with a step: the state of the filing that the person saw, a reason, and a review's remarks."""

from collections.abc import Iterator

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from filings import labels
from filings.choices import Grade
from filings.labels import Label

LONGEST_REASON = 2000
LONGEST_REMARK = 1000
REMARK = "remark:"
_INCOMPLETE = "这一页不完整，请刷新后再办。"


class StepForm(forms.Form):
    """A step without words. `lock` is the filing's counter as it stood on the page, which prints it itself: a form
    that comes back after a refusal must not bring the old one."""

    lock = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages={"required": _INCOMPLETE, "invalid": _INCOMPLETE, "min_value": _INCOMPLETE},
    )

    @property
    def helper(self) -> FormHelper:
        """Fields alone: the page has the form's tag and its buttons."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


def reason(label: Label) -> forms.CharField:
    """What a person says with a step. Whether something must be said is for the step to judge."""
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=LONGEST_REASON, required=False, widget=widget)


class SigningForm(StepForm):
    """The head's answer."""

    reason = reason("意见（退回时须写明原因）")


class AdjustForm(StepForm):
    """What an approved table is opened for again."""

    reason = reason("为什么要调整（须写明）")


class ReviewForm(StepForm):
    """A decision: grade, overall reason, remarks by place, and where a returned filing comes back to."""

    FROM_FIRST = "first"

    reason = reason("总体意见（退回时须写明，或在表中逐条写）")
    grade = forms.ChoiceField(
        label="等级",
        required=False,
        choices=[("", "不评"), *((grade.value, labels.GRADE[grade]) for grade in Grade)],
    )
    from_first_stage = forms.ChoiceField(
        label="退回后重新提交时",
        required=False,
        choices=[("", "直接回到本环节"), (FROM_FIRST, "从第一个环节重新审核")],
        widget=forms.RadioSelect,
        initial="",
    )

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        for _place, text in self.remarks():
            if len(text) > LONGEST_REMARK:
                raise ValidationError(f"有一条意见长 {len(text)} 字，每条最多 {LONGEST_REMARK} 字，请缩短。")
        return cleaned

    def remarks(self) -> list[tuple[str, str]]:
        """(place, text) for every remark that was typed, in the order of the page."""
        return list(self._typed())

    def _typed(self) -> Iterator[tuple[str, str]]:
        if not isinstance(self.data, QueryDict):
            return
        for name in self.data:
            text = str(self.data[name])
            if name.startswith(REMARK) and text.strip():
                yield name.removeprefix(REMARK), text
