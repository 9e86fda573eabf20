"""Detect conflicts between saves, merge changes where possible, and name the authors of conflicting changes."""

from collections.abc import Iterable
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
    missing = {_cause(conflict) for conflict in conflicts}
    last: dict[str, Edit] = {}
    if not missing:
        return conflicts
    for edit in filing.edits.select_related("by").order_by("-id").iterator(chunk_size=100):
        for place in missing & {*_with_rows(applied_places(edit))}:
            last[place] = edit
        missing -= last.keys()
        if not missing:
            break
    return [_named(conflict, last.get(_cause(conflict))) for conflict in conflicts]


def _with_rows(places: Iterable[str]) -> Iterable[str]:
    """Yield places and their rows."""
    for place in places:
        yield place
        yield place.partition(".")[0]


def _cause(conflict: CellConflict) -> str:
    """Return the place whose change caused a conflict: the cell, or its row if that has been removed."""
    place = conflict.change.place
    return place.partition(".")[0] if conflict.stored is None else place


def _named(conflict: CellConflict, edit: Edit | None) -> CellConflict:
    return replace(conflict, by=edit.by.name, by_id=edit.by_id, at=edit.at) if edit else conflict
