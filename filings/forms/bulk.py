"""The reason for returning several filings: a reason code with own or canned words."""

from django import forms

from filings.forms.long_text import LongText
from filings.forms.printable import printable
from filings.policy.policy import ReviewPolicy
from filings.policy.reason_codes import VALUE, fill_in
from filings.reviewing.new_remark import LONGEST_REMARK

# The name in a canned text that speaks of a row.
_TABLE = "本表"


class BulkReturnForm(forms.Form):
    """The code of the reason, and the words that every department gets: typed, or one of the canned texts."""

    code = forms.ChoiceField(label="原因", error_messages={"required": "请选择退回的原因。"})
    canned = forms.ChoiceField(label="常用语", required=False)
    text = LongText(
        "意见（各单位收到同样的话）",
        required=False,
        max_length=LONGEST_REMARK,
        validators=[printable],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, policy: ReviewPolicy, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        reasons = [("", "请选择"), *((reason.key, reason.label) for reason in policy.reasons)]
        texts = [
            fill_in(text, name=_TABLE, value="")
            for reason in policy.reasons
            for text in reason.texts
            if VALUE not in text
        ]
        self.fields["code"].choices = reasons  # type: ignore[attr-defined]
        self.fields["canned"].choices = [("", "不用"), *((text, text) for text in texts)]  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-control" if name == "text" else "form-select"

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        words = [str(cleaned.get(name) or "").strip() for name in ("canned", "text")]
        cleaned["words"] = "\n".join(filter(None, words))
        if not cleaned["words"] and not self.errors:
            self.add_error("text", "请写明原因和需要修改的内容。")
        return cleaned
