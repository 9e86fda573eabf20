"""Name and value of the row at a place, as remarks and letters mention it. Imports no Django."""

from dataclasses import dataclass

from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.place import Place
from filings.document.sections import section_label
from filings.document.text import bare, shorten
from filings.rules.money.budget import name_of

LONGEST_NAME = 30
_NO_NAME = "（没有名称的行）"
_REMOVED = "（已删去的行）"


@dataclass(frozen=True)
class RowName:
    """The label of a row's section, the row's own name, and its value: a target or an amount with its unit, or ''."""

    section: str
    name: str
    value: str = ""


def row_name(place: Place, document: FilingDocument, edition: Edition) -> RowName:
    """Name the row that holds a place; a place without a row of its own is named after its section."""
    section = section_label(place, edition)
    name, value = _named(place, document, edition)
    return RowName(section, _shortened(name) or section, value)


def _named(place: Place, document: FilingDocument, edition: Edition) -> tuple[str, str]:
    """Return name and value, both '' for a whole section."""
    if not place.key:
        return "", ""
    match place.section:
        case "indicators":
            row = next((row for row in document.indicators if row.key == place.key), None)
            return (row.name or _NO_NAME, row.target) if row else (_REMOVED, "")
        case "duties":
            duty = next((duty for duty in document.duties if duty.key == place.key), None)
            return (duty.text if duty else _REMOVED), ""
        case "tasks":
            task = next((task for task in document.tasks if task.key == place.key), None)
            return (task.cells.get("name") or _NO_NAME, task.cells.get("amount", "")) if task else (_REMOVED, "")
        case "amounts":
            return _amount(place.key, document, edition)
        case "fields":
            return _field_label(place.key, edition), document.fields.get(place.key, "")
        case "nodes":
            return _class_label(place.key, edition), ""
    return "", ""


def _amount(key: str, document: FilingDocument, edition: Edition) -> tuple[str, str]:
    line = next((line for line in edition.lines if line.key == key), None)
    if line is None:
        return "", ""
    text = document.amounts.get(key, "")
    return name_of(line), f"{text}{edition.unit}" if text[-1:].isdigit() else text


def _field_label(key: str, edition: Edition) -> str:
    labels = {item.key: item.label for item in (*edition.header, *edition.footer)}
    labels |= {section.key: section.label for section in edition.sections if section.kind == "field"}
    return bare(labels.get(key, "")).rstrip("：:")


def _class_label(key: str, edition: Edition) -> str:
    labels = {node.key: node.label for first in edition.tree for node in (first, *first.children)}
    return bare(labels.get(key, ""))


def _shortened(name: str) -> str:
    return shorten(name.rstrip("：:"), LONGEST_NAME)
