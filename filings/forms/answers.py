"""Answers to a reviewer's remarks, one field under each."""

from collections.abc import Sequence

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from filings.drafts.answers import LONGEST
from filings.models import Remark


class AnswerForm(forms.Form):
    remark = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("答复（可不填）"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 1, "class": "answer"}),
    )

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
    initial = [{"remark": remark.pk, "text": remark.answer} for remark in remarks]
    return AnswerFormSet(prefix="answers", initial=initial)


def answered(formset: "forms.BaseFormSet[AnswerForm]") -> dict[int, str]:
    """The answers by their remarks' ids; a form that cannot be read is left out."""
    return {form.cleaned_data["remark"]: form.cleaned_data["text"] for form in formset.forms if form.is_valid()}
