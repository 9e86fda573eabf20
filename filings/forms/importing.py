"""Forms for imports: a file or pasted text, then the decisions on its preview."""

import json
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from filings.drafts import Change

# More than the canonical JSON of the largest table.
LONGEST_DOCUMENT = 2_000_000
_ACCEPTED = ".xlsx,.xls,.docx,.doc,.et,.wps,.pdf,.txt,.html,.htm,.json,.ods,.rtf"


class SourceForm(forms.Form):
    """A file or pasted text; its content is checked when it is opened."""

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

    # The pasted table as HTML, with columns and merged cells. Scripts fill it, and clear it when the text is edited.
    page = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("file") and not (data.get("text") or "").strip() and not self.errors:
            raise forms.ValidationError("请先选择文件，或粘贴整张表。")
        return data

    @property
    def pasted_page(self) -> str:
        """The pasted table as HTML, from its own field or pasted as the text; '' if only text was pasted."""
        text: str = self.cleaned_data.get("text") or ""
        page: str = self.cleaned_data.get("page") or ""
        return page if page and text.strip() else text if "<table" in text.lower() else ""

    @property
    def upload(self) -> "UploadedFile[Any] | None":
        """The uploaded file, None for pasted text."""
        file: UploadedFile[Any] | None = self.cleaned_data.get("file")
        return file


class DecisionsForm(forms.Form):
    """Decisions on the differences of a workbook form.

    `differences` are those previewed, each with its changes; `since` is the number of the newest save that was
    compared; `taken` lists the chosen places; `source` is the file's name.
    """

    differences = forms.CharField(strip=False, widget=forms.HiddenInput)
    since = forms.IntegerField(min_value=0, max_value=2**62, widget=forms.HiddenInput)
    source = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_differences(self) -> dict[str, list[Change]]:
        try:
            posted = json.loads(self.cleaned_data["differences"])
            return {place: [Change(*map(str, change)) for change in changes] for place, changes in posted.items()}
        except (ValueError, AttributeError, TypeError, RecursionError) as error:
            raise forms.ValidationError("no differences of a form") from error

    def chosen(self) -> list[list[Change]]:
        """The changes of each chosen difference."""
        taken = set(self.data.getlist("taken"))  # type: ignore[attr-defined]
        return [changes for place, changes in self.cleaned_data["differences"].items() if place in taken]


class AdoptTableForm(forms.Form):
    """The previewed document, the places where its text replaces that of the draft, and the file's name."""

    document = forms.CharField(max_length=LONGEST_DOCUMENT, strip=False, widget=forms.HiddenInput)
    taken = forms.MultipleChoiceField(required=False)
    source = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.data.getlist("taken") if hasattr(self.data, "getlist") else []
        # Every posted place is accepted here; places that do not differ have no effect on the merge.
        self.fields["taken"].choices = [(place, place) for place in given]  # type: ignore[attr-defined]
