"""The button of a mend that is certain: a script makes it on the page, without scripts fill_mend.py does."""

import json
from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from filings.document.place import Place
from filings.models import Filing
from filings.rules.finding import RuleFinding

_BUTTON = (
    '<button type="submit" class="choice quick-fix" formaction="{}" name="mend" value="{}"'
    ' data-changes="{}">{}</button>'
)


_CHANGE = '<button type="button" class="choice quick-fix with-scripts" data-changes="{}">{}</button>'


def change_html(at: Place, text: str) -> SafeString:
    """A button that puts a text into a cell, for scripts alone: the table prints the same without it."""
    return format_html(_CHANGE, _as_json([(at, text)]), f"改为「{text}」")


def mend_html(filing: Filing, finding: RuleFinding) -> SafeString:
    """The button beside a finding, nothing where no mend is certain."""
    if finding.quick_fix is None:
        return SafeString()
    address = reverse("fill_mend", args=(filing.pk,))
    return format_html(_BUTTON, address, finding.identity, _as_json(finding.quick_fix.changes), finding.quick_fix.label)


def _as_json(changes: Iterable[tuple[Place, str]]) -> str:
    return json.dumps([{"place": str(place), "after": text} for place, text in changes], ensure_ascii=False)
