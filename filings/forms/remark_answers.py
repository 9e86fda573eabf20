"""Forms for answers to a reviewer's remarks: 已改 or 不改, with a text."""

from collections.abc import Sequence

from django import forms

from filings.choices import RemarkState
from filings.drafts.remark_answers import CHOICES, SeenAnswer
from filings.drafts.save_changes import clean_text
from filings.labels import REMARK_STATE
from filings.models import Remark


class AnswerForm(forms.Form):
    """An answer to a remark.

    `seen` and `seen_choice` are what the page showed; if they are unchanged, there is no new answer.
    """

    remark = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    seen_choice = forms.CharField(widget=forms.HiddenInput, required=False)
    choice = forms.ChoiceField(
        label="办理情况",
        required=False,
        choices=[(state.value, REMARK_STATE[state]) for state in CHOICES],
        widget=forms.RadioSelect(attrs={"class": "answer form-check-input"}),
    )
    text = forms.CharField(
        label="说明（不改的须写明理由）",
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "class": "answer form-control"}),
    )

    @property
    def has_new_text(self) -> bool:
        return self.is_valid() and clean_text(self.cleaned_data["seen"]) != clean_text(self.cleaned_data["text"])

    @property
    def has_new_choice(self) -> bool:
        return self.is_valid() and self.cleaned_data["choice"] not in ("", self.cleaned_data["seen_choice"])


AnswerFormSet = forms.formset_factory(AnswerForm, extra=0, max_num=1000, absolute_max=1000)


def answers_to(remarks: Sequence[Remark]) -> "forms.BaseFormSet[AnswerForm]":
    """Build a formset for these remarks, in order, with their present answers."""
    return AnswerFormSet(prefix="answers", initial=[_initial(remark) for remark in remarks])


def _initial(remark: Remark) -> dict[str, object]:
    choice = remark.state if remark.state in CHOICES else ""
    return {
        "remark": remark.pk,
        "seen": remark.answer,
        "text": remark.answer,
        "seen_choice": choice,
        "choice": choice,
    }


def changed_answers(formset: "forms.BaseFormSet[AnswerForm]") -> dict[int, str]:
    """Changed answers by the id of their remark; invalid forms are ignored."""
    return {form.cleaned_data["remark"]: form.cleaned_data["text"] for form in formset.forms if form.has_new_text}


def seen_answers(formset: "forms.BaseFormSet[AnswerForm]") -> dict[int, SeenAnswer]:
    """The answers that the page displayed, by the id of their remark, for those that have changed."""
    return {
        form.cleaned_data["remark"]: SeenAnswer(form.cleaned_data["seen"], form.cleaned_data["seen_choice"])
        for form in formset.forms
        if form.has_new_text or form.has_new_choice
    }


def changed_choices(formset: "forms.BaseFormSet[AnswerForm]") -> dict[int, RemarkState]:
    """Changed choices by the id of their remark; invalid forms are ignored."""
    return {
        form.cleaned_data["remark"]: RemarkState(form.cleaned_data["choice"])
        for form in formset.forms
        if form.has_new_choice
    }
