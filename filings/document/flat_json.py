"""Flat JSON shape of a document, printed by the commands and used by external checks.

Unknown values are None, numbers are strings, labels have no line breaks, duties include their numerals as printed.
"""

from typing import Any

from filings.document import money, target
from filings.document.content import FilingDocument, IndicatorRow
from filings.document.edition import Edition
from filings.document.place import Place


def flatten(document: FilingDocument, edition: Edition) -> dict[str, Any]:
    """Convert a document to plain data. Amounts are in 万元, None where blank or invalid."""
    amounts = {line.key: _amount(document.amount(line.key, edition)) for line in edition.lines}
    return {
        "title": edition.title_for(document.year),
        "year": document.year,
        "filing_unit": document.fields.get("filing_unit") or None,
        "department": document.department or None,
        "total": amounts.pop(edition.total.key),
        "amounts": amounts,
        "duties": [duty.text for duty in document.duties],
        "goal": document.goal or None,
        "indicators": [_indicator(row, edition) for row in document.indicators],
    }


def flat_place(place: Place, document: FilingDocument) -> str:
    """Write a place with its zero-based position instead of its row key: indicators[0].target."""
    keys = {
        "duties": [duty.key for duty in document.duties],
        "indicators": [row.key for row in document.indicators],
    }.get(place.section, [])
    position = keys.index(place.key) if place.key in keys else None
    return str(place if position is None else Place(place.section, str(position), place.column))


def _amount(amount: money.Amount) -> str | None:
    return None if amount.value is None else f"{amount.value:f}"


def _indicator(row: IndicatorRow, edition: Edition) -> dict[str, Any]:
    levels = edition.levels(row.node) if row.node else None
    return {
        "node": levels[1].canonical if levels else None,
        "first_level": row.first_level or None,
        "second_level": row.second_level or None,
        "name": row.name or None,
        "target": row.target or None,
        "understood": _understood(target.parse(row.target)),
    }


def _understood(value: target.Target | None) -> dict[str, str | None] | None:
    if value is None:
        return None
    return {
        "kind": value.kind,
        "comparator": value.comparator,
        "number": value.number,
        "low": value.low,
        "high": value.high,
        "unit": value.unit,
    }
