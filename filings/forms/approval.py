"""Forms of the last approval and of its revocation."""

from django import forms

from filings.forms.actions import StepForm, reason_field
from filings.forms.review import grade_field


class ApprovalForm(StepForm):
    """Confirming the approval: `seen` identifies the draft that the page showed.

    The page has the grade only if the score sheet does not give it.
    """

    seen = forms.CharField(widget=forms.HiddenInput)
    grade = grade_field()
    exception_reason = reason_field("仍要批复的理由（须写明，随批复存档）")


class RevocationForm(StepForm):
    """Revoking an approval."""

    reason = reason_field("撤回批复的理由（须写明，核验页会注明）")
