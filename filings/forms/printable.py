"""Validate texts that are printed in letters to departments."""

from django.core.exceptions import ValidationError

from filings.formats.pdf import check_glyphs


def printable(text: str) -> None:
    """Raises ValidationError, with the characters, if the print font lacks some."""
    # Browsers post line breaks as CR LF.
    if refusal := check_glyphs.refusal(text.replace("\r\n", "\n")):
        raise ValidationError(refusal)
