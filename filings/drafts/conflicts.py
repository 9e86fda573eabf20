"""Detect conflicts between saves, merge changes where possible, and name the authors of conflicting changes."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from filings.document import numerals
from filings.document.place import Place
from filings.drafts.changes import CellConflict, Change, applied_places
from filings.drafts.concurrent import ConcurrentEdits
from filings.drafts.editor import DraftEditor
from filings.drafts.stored_draft import is_row
from filings.models import Edit, Filing


def merged_text(change: Change, place: Place, editor: DraftEditor, concurrent: ConcurrentEdits) -> str | None:
    """Return the text of a cell after a change, None if it conflicts with another save.

    The rank of a row is not content: the last move wins. The numeral of a duty and the text after it are merged
    separately, because adding a row renumbers the duties below while others may be writing in them.
    """
    stored = editor.text(place)
    if is_row(place):
        is_changed = bool(change.before) if change.after else concurrent.others_in_row(place) is not None
        return None if is_changed and bool(stored) != bool(change.after) else change.after
    if stored is None:
        return None
    if stored in (change.before, change.after) or concurrent.is_own(change.place):
        return change.after
    return _merged_duty(change, stored) if place.section == "duties" else None


def _merged_duty(change: Change, stored: str) -> str | None:
    (old_numeral, old_words), (new_numeral, new_words), (their_numeral, their_words) = map(
        numerals.split_numeral, (change.before, change.after, stored)
    )
    if old_words not in (new_words, their_words):
        return None
    numeral = their_numeral if new_numeral == old_numeral else new_numeral
    return numeral + (their_words if old_words == new_words else new_words)


def with_authors(filing: Filing, conflicts: list[CellConflict]) -> Iterable[CellConflict]:
    """Add to each conflict the user who last changed its cell, or removed its row."""
    missing = {place for conflict in conflicts for place in _causes(conflict)}
    last: dict[str, Edit] = {}
    if not missing:
        return conflicts
    for edit in filing.edits.select_related("by").order_by("-id").iterator(chunk_size=100):
        for place in missing & {*_with_rows(applied_places(edit))}:
            last[place] = edit
        missing -= last.keys()
        if all(any(place in last for place in _causes(conflict)) for conflict in conflicts):
            break
    return [_named(conflict, last) for conflict in conflicts]


def _with_rows(places: Iterable[str]) -> Iterable[str]:
    """Yield places and their rows."""
    for place in places:
        yield place
        yield place.partition(".")[0]


def _causes(conflict: CellConflict) -> tuple[str, str]:
    """Return the places whose change can have caused a conflict: the cell, or its row if that was removed; the section.

    Imports by earlier versions stored whole sections as changed places.
    """
    place = conflict.change.place
    return place.partition(".")[0] if conflict.stored is None else place, place.partition("[")[0]


def _named(conflict: CellConflict, last: Mapping[str, Edit]) -> CellConflict:
    edits = [last[place] for place in _causes(conflict) if place in last]
    if not edits:
        return conflict
    edit = max(edits, key=lambda edit: edit.pk)
    return replace(conflict, by=edit.by.name, by_id=edit.by_id, at=edit.at)
