"""The confirmed preview of control figures."""

from django import forms

from filings.forms.list_workbook import LONGEST_SIGNED


class AdoptFiguresForm(forms.Form):
    """The previewed figures, signed."""

    figures = forms.CharField(max_length=LONGEST_SIGNED, widget=forms.HiddenInput)
