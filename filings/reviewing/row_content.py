"""The content of a place in a document, to find out whether a remarked row has changed. Imports no Django."""

from collections.abc import Hashable, Mapping

from filings.document import money, numerals
from filings.document.content import FilingDocument, IndicatorRow
from filings.document.edition import Edition
from filings.document.place import Place
from filings.document.text import bare


def has_changed(place: Place, before: FilingDocument, after: FilingDocument, edition: Edition) -> bool:
    """Whether the row, amount, field, class or section at a place differs between two documents of one edition.

    A removed row has changed. White space, the numeral of a duty, which other rows renumber, and the way an amount is
    written are not content.
    """
    return _content(place, before, edition) != _content(place, after, edition)


def _content(place: Place, document: FilingDocument, edition: Edition) -> Hashable:
    """Return the content of a place, None if its row is missing."""
    match place.section:
        case "fields":
            return bare(document.fields.get(place.key, "")) if place.key else _items(document.fields)
        case "amounts":
            amounts = {key: _amount(text, edition) for key, text in document.amounts.items()}
            return amounts.get(place.key, "") if place.key else _items(amounts)
        case "goals":
            return tuple(bare(text) for text in document.goals)
        case "nodes":
            classes = _second_levels(place.key, edition)
            return tuple((row.key, _indicator(row)) for row in document.indicators if row.node in classes)
        case "table":
            sections = ("fields", "amounts", "goals", "duties", "tasks", "indicators")
            return tuple(_content(Place(section), document, edition) for section in sections)
    rows = _rows(place.section, document, edition)
    return rows.get(place.key) if place.key else tuple(rows.items())


def _rows(section: str, document: FilingDocument, edition: Edition) -> dict[str, Hashable]:
    match section:
        case "duties":
            return {duty.key: bare(numerals.split_numeral(duty.text)[1]) for duty in document.duties}
        case "tasks":
            return {task.key: _task(task.cells, edition) for task in document.tasks}
        case "indicators":
            return {row.key: _indicator(row) for row in document.indicators}
    return {}


def _indicator(row: IndicatorRow) -> Hashable:
    texts = (row.first_level, row.second_level, row.name, row.target)
    return row.node, *(bare(text) for text in texts), _items(row.more)


def _task(cells: Mapping[str, str], edition: Edition) -> Hashable:
    return _items({key: _amount(text, edition) if key == "amount" else text for key, text in cells.items()})


def _amount(text: str, edition: Edition) -> str:
    """Write an amount in one way; other text stays as typed."""
    value = money.parse(text, edition.unit).value
    return text if value is None else money.plain(value)


def _items(texts: Mapping[str, str]) -> Hashable:
    return tuple(sorted((key, bare(text)) for key, text in texts.items() if bare(text)))


def _second_levels(key: str, edition: Edition) -> set[str]:
    """Return the keys of a second-level class, or of all classes of a first level."""
    return {second.key for first, second in edition.leaves() if key in (first.key, second.key)}
