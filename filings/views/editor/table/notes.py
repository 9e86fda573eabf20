"""Notes at the cells of the fill-in page: findings, last year's values, and figures typed in full width."""

from collections.abc import Iterable, Mapping

from filings.document.place import Place, amount, indicator
from filings.document.text import line, symbols
from filings.drafts import Draft
from filings.labels import SEVERITY
from filings.models import Filing
from filings.rules.finding import RuleFinding
from filings.views.editor.table.quick_fix_button import change_html, quick_fix_html
from filings.views.table.annotated import finding_href, noted_places, severity_order
from filings.views.table.notes import Note


def finding_notes(filing: Filing, findings: Iterable[RuleFinding]) -> list[Note]:
    """Notes with the quick fixes of findings, the most severe first."""
    return [
        Note(
            place,
            finding.severity,
            str(SEVERITY[finding.severity]),
            finding.message,
            quick_fix_html(filing, finding),
            finding_href(finding),
        )
        for finding in sorted(findings, key=severity_order)
        for place in noted_places(finding)
    ]


def last_year_notes(values: Mapping[Place, str], draft: Draft) -> list[Note]:
    """Notes of last year's values at cells that are blank now."""
    blank = [place for place in values if not (draft.stored.text(place) or "").strip()]
    return [Note(place, "last-year", "上年", values[place]) for place in blank]


def width_notes(draft: Draft) -> list[Note]:
    """Notes at amounts and targets with full-width figures or signs: what is printed, and a button to replace them."""
    raw = draft.raw
    cells = [(amount(key), text) for key, text in raw.amounts.items()]
    cells += [(indicator(row.key, "target"), row.target) for row in raw.indicators]
    return [
        Note(place, "writing", "写法", f"印出来是「{half}」。", change_html(place, half))
        for place, text in cells
        if (half := symbols(text)) != line(text)
    ]
