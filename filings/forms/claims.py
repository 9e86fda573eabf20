"""Forms for claims: the reviewer that the user saw, and the one to hand over to."""

from django import forms
from django.db.models import QuerySet

from filings.models import User

_UNCLEAR = "这一页不完整，请刷新后再办。"


class ClaimForm(forms.Form):
    """`over` is the key of the reviewer who had the filing when the page was shown, blank for none.

    `back` names the page to which the user returns.
    """

    REVIEW = "review"

    over = forms.IntegerField(required=False, min_value=1, error_messages={"invalid": _UNCLEAR, "min_value": _UNCLEAR})
    back = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)


class HandOverForm(ClaimForm):
    """Handing over to one of the reviewers of the stage."""

    to = forms.ModelChoiceField(
        label="移交给",
        queryset=User.objects.none(),
        error_messages={"required": "请选择移交给谁。", "invalid_choice": "所选的人不是当前审核环节的审核人，请另选。"},
    )

    def __init__(self, *args: object, reviewers: QuerySet[User], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["to"].queryset = reviewers  # type: ignore[attr-defined]
