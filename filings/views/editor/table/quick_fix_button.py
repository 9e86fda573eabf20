"""Buttons that put given texts into cells. Scripts change the cells on the page; without scripts, the form is posted
to saving/quick_fix.py."""

import json
from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from filings.document.place import Place
from filings.models import Filing
from filings.rules.finding import RuleFinding

_TEMPLATE = "filings/editor/table/_quick_fix_button.html"


def quick_fix_html(filing: Filing, finding: RuleFinding) -> SafeString:
    """Write the button of a finding's quick fix; empty if it has none."""
    if finding.quick_fix is None:
        return SafeString()
    context = {"filing": filing, "finding": finding, "changes": _as_json(finding.quick_fix.changes)}
    return render_to_string(_TEMPLATE, {**context, "label": finding.quick_fix.label})


def change_html(place: Place, text: str) -> SafeString:
    """Write a button that replaces a cell's text. Scripts only: the table prints the same without it."""
    return render_to_string(_TEMPLATE, {"changes": _as_json([(place, text)]), "label": f"改为「{text}」"})


def _as_json(changes: Iterable[tuple[Place, str]]) -> str:
    return json.dumps([{"place": str(place), "after": text} for place, text in changes], ensure_ascii=False)
