"""Forms for workflow actions: expected version and reason. Reviews have their own form in review.py."""

from crispy_forms.helper import FormHelper
from django import forms

from filings.actions.spec import Demand
from filings.actions.table import ACTIONS
from filings.choices import Action
from filings.forms.long_text import LongText

LONGEST_REASON = 2000
INCOMPLETE = "这一页不完整，请刷新后再办。"


class StepForm(forms.Form):
    """An action without input.

    `lock` is the counter of the filing when the page was rendered. The template prints it, not the form, which is bound
    to the outdated value after a refusal.
    """

    # An empty field is refused by the server, in the program's words.
    use_required_attribute = False

    lock = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages={"required": INCOMPLETE, "invalid": INCOMPLETE, "min_value": INCOMPLETE},
    )

    @property
    def helper(self) -> FormHelper:
        """Render the fields only; form tag and buttons are in the templates."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


def reason_field(label: str, *, of: Action | None = None) -> LongText:
    """Create the field for a reason, required with the sentence of an action that always needs one.

    Otherwise lifecycle.demands checks whether the action needs one.
    """
    missing = {"required": ACTIONS[of].demands[Demand.REASON]} if of else {}
    area = forms.Textarea(attrs={"rows": 3})
    return LongText(label, max_length=LONGEST_REASON, required=bool(of), widget=area, error_messages=missing)


class SendBackForm(StepForm):
    """Sending back to the filler."""

    reason = reason_field("退回原因（须写明）", of=Action.SEND_BACK)


class AdjustForm(StepForm):
    """Adjusting an approved table."""

    reason = reason_field("调整理由（须写明）", of=Action.ADJUST)
