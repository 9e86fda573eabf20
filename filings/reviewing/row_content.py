"""The content of a place in a document, to find out whether a remarked row has changed. Imports no Django."""

from collections.abc import Hashable, Mapping

from filings.document import numerals
from filings.document.content import FilingDocument, IndicatorRow
from filings.document.edition import Edition
from filings.document.place import Place


def has_changed(place: Place, before: FilingDocument, after: FilingDocument, edition: Edition) -> bool:
    """Whether the row, amount, field, class or section at a place differs between two documents of one edition.

    A removed row has changed. The numeral of a duty is not its content: other rows renumber it.
    """
    return _content(place, before, edition) != _content(place, after, edition)


def _content(place: Place, document: FilingDocument, edition: Edition) -> Hashable:
    """Return the content of a place, None if its row is missing."""
    match place.section:
        case "fields":
            return document.fields.get(place.key, "") if place.key else _items(document.fields)
        case "amounts":
            return document.amounts.get(place.key, "") if place.key else _items(document.amounts)
        case "goals":
            return document.goals
        case "nodes":
            classes = _second_levels(place.key, edition)
            return tuple((row.key, _indicator(row)) for row in document.indicators if row.node in classes)
        case "table":
            sections = ("fields", "amounts", "goals", "duties", "tasks", "indicators")
            return tuple(_content(Place(section), document, edition) for section in sections)
    rows = _rows(place.section, document)
    return rows.get(place.key) if place.key else tuple(rows.items())


def _rows(section: str, document: FilingDocument) -> dict[str, Hashable]:
    match section:
        case "duties":
            return {duty.key: numerals.split_numeral(duty.text)[1] for duty in document.duties}
        case "tasks":
            return {task.key: _items(task.cells) for task in document.tasks}
        case "indicators":
            return {row.key: _indicator(row) for row in document.indicators}
    return {}


def _indicator(row: IndicatorRow) -> Hashable:
    return row.node, row.first_level, row.second_level, row.name, row.target, _items(row.more)


def _items(texts: Mapping[str, str]) -> Hashable:
    return tuple(sorted((key, text) for key, text in texts.items() if text))


def _second_levels(key: str, edition: Edition) -> set[str]:
    """Return the keys of a second-level class, or of all classes of a first level."""
    return {second.key for first, second in edition.leaves() if key in (first.key, second.key)}
