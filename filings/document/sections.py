"""Sections of the printed table: which of them holds a place, and their labels."""

from collections.abc import Mapping

from filings.document.edition import Edition, Section
from filings.document.place import Place
from filings.document.text import bare

_SECTIONS_OF: Mapping[str, tuple[str, ...]] = {
    "budget": ("amounts",),
    "tasks": ("tasks",),
    "duties": ("duties",),
    "goal": ("goals",),
    "indicators": ("indicators", "nodes", "links"),
}
ABOVE = "表头"


def belongs(place: Place, section: Section, edition: Edition) -> bool:
    """Whether a section contains a place. Without a budget section, the total is part of the tasks."""
    if section.kind == "field":
        return place.section == "fields" and place.key == section.key
    if section.kind == "tasks" and place.section == "amounts":
        return not edition.has("budget")
    return place.section in _SECTIONS_OF.get(section.kind, ())


def section_label(place: Place, edition: Edition) -> str:
    """Return the label of a place's section; 表头 for fields around the table, 全表 for the whole table."""
    if place.section == "table":
        return "全表"
    found = next((section for section in edition.sections if belongs(place, section, edition)), None)
    return bare(found.label) if found else ABOVE


def section_position(place: Place, edition: Edition) -> int:
    """Return the position of a place's section in printed order: -1 for the whole table, 0 for fields around it."""
    if place.section == "table":
        return -1
    positions = (number for number, section in enumerate(edition.sections, start=1) if belongs(place, section, edition))
    return next(positions, 0)
