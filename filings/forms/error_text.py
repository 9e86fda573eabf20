"""The refusals of a form as one text, for pages that show them above the form."""

from django.forms import BaseForm


def error_text(form: BaseForm) -> str:
    """Join all error messages of a form, those of its fields first in the order of the form."""
    return " ".join(str(message) for messages in form.errors.values() for message in messages)
