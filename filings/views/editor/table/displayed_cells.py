"""Map the places of findings and remarks to cells of the fill-in page."""

from filings.document.edition import Edition
from filings.document.place import Place, duty, indicator, task
from filings.drafts import Draft
from filings.drafts.stored_draft import is_row
from filings.views.table.annotated import anchor


def displayed_place(place: Place, draft: Draft) -> Place:
    """The cell for a place: for a row its first cell, for a class or a section the first cell of its first row.

    Without such a row the place is returned unchanged.
    """
    match place.section, place.column:
        case "indicators", "":
            return indicator(place.key, "name")
        case "duties", "":
            key = place.key or next((row.key for row in draft.raw.duties), "")
            return duty(key) if key else place
        case "tasks", "":
            key = place.key or next((row.key for row in draft.raw.tasks), "")
            return task(key, "name") if key else place
        case "nodes", _:
            classes = _second_levels(place.key, draft.edition)
            rows = (row for row in draft.raw.indicators if row.node in classes)
            return next((indicator(row.key, "name") for row in rows), place)
    return place


def displayed_href(place: Place, draft: Draft) -> str:
    """The address of a place on the page: its field, or the notes at its label."""
    cell = displayed_place(place, draft)
    is_field = cell.section != "nodes" and not is_row(cell) and bool(cell.key)
    return f"#{anchor(cell)}" if is_field else f"#{anchor(cell)}-notes"


def _second_levels(key: str, edition: Edition) -> set[str]:
    """The keys of the second-level classes of a class."""
    return {second.key for first, second in edition.leaves() if key in (first.key, second.key)}
