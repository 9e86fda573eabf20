"""Form for one remark on several filings."""

from django import forms

from filings.forms.long_text import LongText
from filings.forms.printable import printable
from filings.policy.policy import ReviewPolicy
from filings.reviewing.new_remark import LONGEST_REMARK

MOST_SELECTED = 300


class SameRemarkForm(forms.Form):
    """A remark with a reason code of the cycle's policy."""

    text = LongText(
        "意见", max_length=LONGEST_REMARK, validators=[printable], error_messages={"required": "请先写意见。"}
    )
    code = forms.ChoiceField(
        label="原因",
        error_messages={"required": "请选择原因。", "invalid_choice": "没有这样的原因，请重新选择。"},
    )

    def __init__(self, policy: ReviewPolicy, *args: object, **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]
        self.fields["code"].choices = [(reason.key, reason.label) for reason in policy.reasons]  # type: ignore[attr-defined]
