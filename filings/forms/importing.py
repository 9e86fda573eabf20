"""What an officer brings from elsewhere: a file or a pasted text, and then what was read of it."""

import json
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from filings.drafts import Change

# Above what the canonical JSON of the largest table takes.
LONGEST_DOCUMENT = 2_000_000
_ACCEPTED = ".xlsx,.xls,.docx,.doc,.et,.wps,.pdf,.txt,.html,.htm,.json,.ods,.rtf"


class SourceForm(forms.Form):
    """A file or a text; what is in it is for the reader to judge."""

    file = forms.FileField(
        label="文件",
        required=False,
        widget=forms.FileInput(attrs={"accept": _ACCEPTED, "class": "form-control"}),
        error_messages={"empty": "这个文件是空的。", "max_length": "文件名太长，请改短后再导入。"},
    )
    text = forms.CharField(
        label="粘贴的表",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "class": "form-control", "spellcheck": "false"}),
    )

    # What was pasted as a page has it, with columns and merged cells: put here by scripts until the text is edited.
    page = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("file") and not (found.get("text") or "").strip() and not self.errors:
            raise forms.ValidationError("请先选择文件，或把整张表粘贴到下面的框里。")
        return found

    @property
    def pasted_page(self) -> str:
        """The pasted table as HTML: beside its text, or in its place; '' where it is text alone."""
        text: str = self.cleaned_data.get("text") or ""
        page: str = self.cleaned_data.get("page") or ""
        return page if page and text.strip() else text if "<table" in text.lower() else ""

    @property
    def upload(self) -> "UploadedFile[Any] | None":
        """The file that was sent."""
        found: UploadedFile[Any] | None = self.cleaned_data.get("file")
        return found


class DecisionsForm(forms.Form):
    """The differences of a form as they were shown, each with its changes; which of them are taken; and the number of
    the newest save that was in what they were held against."""

    differences = forms.CharField(strip=False, widget=forms.HiddenInput)
    since = forms.IntegerField(min_value=0, max_value=2**62, widget=forms.HiddenInput)

    def clean_differences(self) -> dict[str, list[Change]]:
        try:
            found = json.loads(self.cleaned_data["differences"])
            return {place: [Change(*map(str, change)) for change in changes] for place, changes in found.items()}
        except (ValueError, AttributeError, TypeError, RecursionError) as error:
            raise forms.ValidationError("no differences of a form") from error

    def decided(self) -> list[list[Change]]:
        """The differences that were decided on, each as its changes."""
        taken = set(self.data.getlist("taken"))  # type: ignore[attr-defined]
        return [changes for place, changes in self.cleaned_data["differences"].items() if place in taken]


class AdoptTableForm(forms.Form):
    """The document as it was shown, and the places at which its text goes before what stands there."""

    document = forms.CharField(max_length=LONGEST_DOCUMENT, strip=False, widget=forms.HiddenInput)
    taken = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.data.getlist("taken") if hasattr(self.data, "getlist") else []
        # Whatever is no place that differs is simply not there to be taken.
        self.fields["taken"].choices = [(at, at) for at in given]  # type: ignore[attr-defined]
