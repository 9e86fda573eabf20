"""The form of the user's own telephone."""

from django import forms
from django.core.exceptions import ValidationError

from filings.forms.lengths import too_long
from filings.forms.printable import printable

FEWEST_DIGITS = 3


class TelephoneForm(forms.Form):
    telephone = forms.CharField(
        label="电话",
        required=False,
        max_length=30,
        validators=[printable],
        widget=forms.TextInput(attrs={"maxlength": None, "inputmode": "tel", "autocomplete": "tel"}),
        error_messages=too_long("电话"),
        help_text="供审核人与您联系，只有登录的人员可以看到。如：0734-5220000 转 8001。可不填。",
    )

    def clean_telephone(self) -> str:
        telephone: str = self.cleaned_data["telephone"]
        digits = sum(character.isdigit() for character in telephone)
        if telephone and digits < FEWEST_DIGITS:
            raise ValidationError(
                f"「{telephone}」中只有 {digits} 个数字，不是电话号码。请填写固定电话或手机号码，或者留空。"
            )
        return telephone
