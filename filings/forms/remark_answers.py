"""Answers to a reviewer's remarks, one field for each."""

from collections.abc import Sequence

from crispy_forms.helper import FormHelper
from django import forms

from filings.drafts.remark_answers import LONGEST
from filings.drafts.save_changes import clean_text
from filings.models import Remark


class AnswerForm(forms.Form):
    """One answer. `seen` is the text that the page showed; an unchanged one is not saved."""

    remark = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    # Enforced by the browser, which counts a line break as one character although it posts two.
    text = forms.CharField(
        label="答复（可不填）",
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "class": "answer", "maxlength": LONGEST}),
    )

    @property
    def is_typed(self) -> bool:
        return self.is_valid() and clean_text(self.cleaned_data["seen"]) != clean_text(self.cleaned_data["text"])

    @property
    def helper(self) -> FormHelper:
        """Render the fields only; the page provides the form element and its buttons."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


AnswerFormSet = forms.formset_factory(AnswerForm, extra=0, max_num=1000, absolute_max=1000)


def answers_to(remarks: Sequence[Remark]) -> "forms.BaseFormSet[AnswerForm]":
    """Build the formset for these remarks, in order, with existing answers."""
    initial = [{"remark": remark.pk, "seen": remark.answer, "text": remark.answer} for remark in remarks]
    return AnswerFormSet(prefix="answers", initial=initial)


def answered(formset: "forms.BaseFormSet[AnswerForm]") -> dict[int, str]:
    """Return the changed answers by the ids of their remarks; invalid forms are left out."""
    return {form.cleaned_data["remark"]: form.cleaned_data["text"] for form in formset.forms if form.is_typed}
