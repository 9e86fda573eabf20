"""Forms of the pages that sum up before a submission and before a signature."""

from collections.abc import Sequence
from typing import Any

from django import forms

from filings.drafts.note import LONGEST_NOTE
from filings.forms.actions import INCOMPLETE, StepForm, reason_field
from filings.forms.long_text import LongText
from filings.models import Revision

# As the keys of saves.
_LARGEST = 2**63 - 1


def _seen() -> forms.IntegerField:
    """Create the hidden field for a number that the page has seen."""
    messages = dict.fromkeys(("invalid", "min_value", "max_value"), INCOMPLETE)
    return forms.IntegerField(
        min_value=0, max_value=_LARGEST, required=False, widget=forms.HiddenInput, error_messages=messages
    )


class SeenForm(StepForm):
    """An action on a filing as its page showed it: newest event by number, newest save and attachments by id."""

    event = _seen()
    edit = _seen()
    attachments = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_attachments(self) -> frozenset[str] | None:
        """Return the ids; None if the page has not named them."""
        return frozenset(self.cleaned_data["attachments"].split()) if "attachments" in self.data else None


class SubmissionForm(SeenForm):
    """提交送签. The page also posts explanations of findings (forms/explanations.py)."""

    note = LongText("留言（选填）", max_length=LONGEST_NOTE, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class SignatureForm(SeenForm):
    """审签 of the version with the number `revision`.

    `ticked` are those of the cycle's statements that are ticked, in their order.
    """

    revision = _seen()
    reason = reason_field("审签意见（选填）")

    def __init__(self, data: Any = None, *, statements: Sequence[str]) -> None:
        super().__init__(data)
        posted = set(data.getlist("statements")) if data else set()
        self.ticked = tuple(text for text in statements if text in posted)

    def ticked_for(self, present: Revision | None) -> tuple[str, ...]:
        """Return the ticked statements if the page showed the present version; those of another one do not count."""
        is_same = self.is_bound and present and self.cleaned_data.get("revision") == present.number
        return self.ticked if is_same else ()
