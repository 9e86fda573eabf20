"""Answers to a reviewer's remarks, one field under each."""

from collections.abc import Sequence

from crispy_forms.helper import FormHelper
from django import forms

from filings.drafts.remark_answers import LONGEST
from filings.drafts.save_changes import clean_text
from filings.models import Remark


class AnswerForm(forms.Form):
    """`seen` is the answer as the page showed it: what was not typed over is nobody's new answer."""

    remark = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    # The limit is the browser's: it counts a line break as one character, and what is posted has two.
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
        """Fields alone: the page has the form's tag and its buttons."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


AnswerFormSet = forms.formset_factory(AnswerForm, extra=0, max_num=1000, absolute_max=1000)


def answers_to(remarks: Sequence[Remark]) -> "forms.BaseFormSet[AnswerForm]":
    """Fields for these remarks, in their order, with what was answered already."""
    initial = [{"remark": remark.pk, "seen": remark.answer, "text": remark.answer} for remark in remarks]
    return AnswerFormSet(prefix="answers", initial=initial)


def answered(formset: "forms.BaseFormSet[AnswerForm]") -> dict[int, str]:
    """The answers that were typed, by their remarks' ids; a form that cannot be read is left out."""
    return {form.cleaned_data["remark"]: form.cleaned_data["text"] for form in formset.forms if form.is_typed}
