"""What an officer brings from elsewhere: a file or a pasted text, and then what was read of it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from filings.drafts import Change

# Above what the canonical JSON of the largest table takes.
LONGEST_DOCUMENT = 2_000_000
_ACCEPTED = ".xlsx,.xls,.docx,.doc,.et,.wps,.pdf,.txt,.html,.htm,.json,.ods,.rtf"


class SourceForm(forms.Form):
    """A file or a text; what is in it is for the reader to judge."""

    file = forms.FileField(
        label=_("文件"),
        required=False,
        widget=forms.FileInput(attrs={"accept": _ACCEPTED, "class": "form-control"}),
        error_messages={"empty": _("这个文件是空的。"), "max_length": _("文件名太长，请改短后再导入。")},
    )
    text = forms.CharField(
        label=_("粘贴的表"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "class": "form-control", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("file") and not (found.get("text") or "").strip() and not self.errors:
            raise forms.ValidationError(_("请先选择文件，或把整张表粘贴到下面的框里。"))
        return found

    @property
    def upload(self) -> "UploadedFile[Any] | None":
        """The file that was sent."""
        found: UploadedFile[Any] | None = self.cleaned_data.get("file")
        return found


class DecisionsForm(forms.Form):
    """The differences of a form as they were shown, each with its changes; and which of them are taken."""

    differences = forms.JSONField(widget=forms.HiddenInput)
    taken = forms.CharField(required=False)

    def changes(self) -> list[Change]:
        """The changes that were decided on. Raises ValueError for what no page of ours has sent."""
        taken = set(self.data.getlist("taken"))  # type: ignore[attr-defined]
        try:
            return [
                Change(*map(str, change))
                for place, changes in self.cleaned_data["differences"].items()
                if place in taken
                for change in changes
            ]
        except (AttributeError, TypeError) as error:
            raise ValueError("no differences of a form") from error


class AdoptForm(forms.Form):
    """The document as it was shown, and the places at which its text goes before what stands there."""

    document = forms.CharField(max_length=LONGEST_DOCUMENT, strip=False, widget=forms.HiddenInput)
    taken = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.data.getlist("taken") if hasattr(self.data, "getlist") else []
        # Whatever is no place that differs is simply not there to be taken.
        self.fields["taken"].choices = [(at, at) for at in given]  # type: ignore[attr-defined]
