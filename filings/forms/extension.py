"""The form of an extension."""

from datetime import date

from django import forms


class ExtensionForm(forms.Form):
    """Date and reason; `oversight.extend` checks both, so that a refusal keeps what was typed."""

    until = forms.DateField(
        label="延至",
        required=False,
        input_formats=("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"}),
    )
    reason = forms.CharField(
        label="理由（记入办理经过）", required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"})
    )

    @property
    def until_or_none(self) -> date | None:
        """The date, None if it is blank or no date."""
        self.is_valid()
        until: date | None = self.cleaned_data.get("until")
        return until
