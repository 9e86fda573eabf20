"""Forms for workflow actions: expected version, reason, review remarks."""

from collections.abc import Iterator

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from filings import labels
from filings.choices import Grade

LONGEST_REASON = 2000
LONGEST_REMARK = 1000
REMARK = "remark:"
_INCOMPLETE = "这一页不完整，请刷新后再办。"


class StepForm(forms.Form):
    """An action without input.

    `lock` is the counter of the filing when the page was rendered. The template prints it, not the form, which is bound
    to the outdated value after a refusal.
    """

    lock = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages={"required": _INCOMPLETE, "invalid": _INCOMPLETE, "min_value": _INCOMPLETE},
    )

    @property
    def helper(self) -> FormHelper:
        """Render the fields only; form tag and buttons are in the templates."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


def reason_field(label: str) -> forms.CharField:
    """Create the field for a reason. It is optional here; lifecycle.demands checks whether the action needs one."""
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=LONGEST_REASON, required=False, widget=widget)


class SigningForm(StepForm):
    """Signing, or sending back to the filler."""

    reason = reason_field("意见（退回时须写明原因）")


class AdjustForm(StepForm):
    """Adjusting an approved table."""

    reason = reason_field("为什么要调整（须写明）")


class ReviewForm(StepForm):
    """A review decision: grade, overall reason, remarks by place, and the stage to which a returned filing resumes.

    `over` is the key of another reviewer who has claimed the filing, if the user confirms to decide nevertheless.
    """

    FROM_FIRST = "first"

    reason = reason_field("总体意见（退回时须写明，或在表中逐条写）")
    grade = forms.ChoiceField(
        label="等级",
        required=False,
        choices=[("", "不评"), *((grade.value, labels.GRADE[grade]) for grade in Grade)],
    )
    exception_reason = reason_field("仍要通过的理由（没有办结的事项按本批次的办法须写明）")
    from_first_stage = forms.ChoiceField(
        label="退回后重新提交时",
        required=False,
        choices=[("", "直接回到本环节"), (FROM_FIRST, "从第一个环节重新审核")],
        widget=forms.RadioSelect,
        initial="",
    )

    over = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        for _place, text in self.remarks():
            if len(text) > LONGEST_REMARK:
                raise ValidationError(f"有一条意见长 {len(text)} 字，每条最多 {LONGEST_REMARK} 字，请缩短。")
        return cleaned

    def remarks(self) -> list[tuple[str, str]]:
        """Return (place, text) for each remark that is not blank, in the order of the page."""
        return list(self._typed())

    def _typed(self) -> Iterator[tuple[str, str]]:
        if not isinstance(self.data, QueryDict):
            return
        for name in self.data:
            text = str(self.data[name])
            if name.startswith(REMARK) and text.strip():
                yield name.removeprefix(REMARK), text
