"""The form of an attachment. Its content is checked when it is stored."""

from collections.abc import Iterable
from typing import Any

from django import forms

from filings import labels
from filings.choices import AttachmentKind

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.docx,.doc,.xlsx,.xls"


class AttachmentForm(forms.Form):
    kind = forms.ChoiceField(label="类别", error_messages=dict.fromkeys(("required", "invalid_choice"), "请选择类别。"))
    file = forms.FileField(
        label="文件",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": "请选择文件。",
            "empty": "这个文件是空的，未上传。请确认选对了文件。",
            "max_length": "文件名太长，请改短后再上传。",
        },
    )

    def __init__(self, *args: Any, kinds: Iterable[AttachmentKind], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["kind"]
        offered = [(kind.value, labels.ATTACHMENT[kind]) for kind in kinds]
        # Chosen by the user if there are several: the first one would be sent unread.
        field.choices = offered if len(offered) == 1 else [("", "请选择"), *offered]
