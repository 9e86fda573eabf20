"""Fields for the words of an edition."""

from typing import Any

from django import forms

from filings.document.edition_validation import LONGEST_LABEL


class PrintedText(forms.CharField):
    """Words that are printed as they stand, with their spaces and line breaks, which a browser sends as two characters.

    Never an input of one line: it would drop the breaks.
    """

    def __init__(self, *, lines: int = 1, columns: int = 48, max_length: int = LONGEST_LABEL, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": lines, "cols": columns})
        super().__init__(max_length=max_length, strip=False, widget=widget, **options)

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value) or ""
        return text.replace("\r\n", "\n") if text.strip() else ""


class Aliases(forms.CharField):
    """Other words for the same, one a line."""

    def __init__(self) -> None:
        widget = forms.Textarea(attrs={"rows": 2, "cols": 24})
        super().__init__(label="其他叫法", required=False, max_length=2000, widget=widget)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        aliases = [alias for typed in super().clean(value).splitlines() if (alias := typed.strip())]
        if long := [alias for alias in aliases if len(alias) > LONGEST_LABEL]:
            words = {"alias": long[0][:20], "length": len(long[0]), "most": LONGEST_LABEL}
            raise forms.ValidationError("「{alias}…」有 {length} 个字，最多 {most} 个。".format(**words))
        return list(dict.fromkeys(aliases))
