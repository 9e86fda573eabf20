"""Forms for answers to a reviewer's remarks, one field for each."""

from collections.abc import Sequence

from crispy_forms.helper import FormHelper
from django import forms

from filings.drafts.remark_answers import LONGEST
from filings.drafts.saving import cleaned
from filings.models import Remark


class AnswerForm(forms.Form):
    """An answer to a remark. `seen` is the answer that the page showed; if it is unchanged, there is no new answer."""

    remark = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    # Only the browser checks the length: it counts a line break as one character, while the posted text has two.
    text = forms.CharField(
        label="答复（可不填）",
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "class": "answer", "maxlength": LONGEST}),
    )

    @property
    def is_changed(self) -> bool:
        return self.is_valid() and cleaned(self.cleaned_data["seen"]) != cleaned(self.cleaned_data["text"])

    @property
    def helper(self) -> FormHelper:
        """Render the fields only: the page has the form tag and the buttons."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


AnswerFormSet = forms.formset_factory(AnswerForm, extra=0, max_num=1000, absolute_max=1000)


def answers_to(remarks: Sequence[Remark]) -> "forms.BaseFormSet[AnswerForm]":
    """Build a formset for these remarks, in order, with their present answers."""
    initial = [{"remark": remark.pk, "seen": remark.answer, "text": remark.answer} for remark in remarks]
    return AnswerFormSet(prefix="answers", initial=initial)


def changed_answers(formset: "forms.BaseFormSet[AnswerForm]") -> dict[int, str]:
    """Changed answers by the id of their remark; invalid forms are ignored."""
    return {form.cleaned_data["remark"]: form.cleaned_data["text"] for form in formset.forms if form.is_changed}
