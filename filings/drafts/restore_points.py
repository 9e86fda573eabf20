"""Restore points: snapshots of a draft as the texts of its cells, kept, viewed and compared with the present draft."""

import json
from collections.abc import Iterable, Mapping

from django.utils import timezone

from filings.choices import PointKind
from filings.document.place import Place
from filings.document.text import shorten
from filings.drafts.content import Draft
from filings.drafts.stored_draft import COLUMNS, StoredDraft, from_texts, is_row
from filings.models import Filing, RestorePoint, User

LONGEST_DETAIL = 200


def keep_restore_point(filing: Filing, kind: PointKind, draft: Draft, *, by: User, detail: str = "") -> None:
    """Store a snapshot of the draft. `detail` distinguishes it from others of its kind."""
    texts = json.dumps(_texts_by_name(draft.stored), ensure_ascii=False, sort_keys=True)
    filing.points.create(kind=kind, detail=shorten(detail, LONGEST_DETAIL - 1), by=by, at=timezone.now(), texts=texts)


def draft_at(point: RestorePoint, current: Draft) -> Draft:
    """Return the draft of a restore point, on the present edition."""
    texts = {Place.parse(name): text for name, text in json.loads(point.texts).items()}
    return Draft(current.edition, current.year, from_texts(texts))


def count_differences(current: StoredDraft, points: Iterable[RestorePoint]) -> list[int]:
    """Count the cells that restoring each of the points would change."""
    texts = _texts_by_name(current)
    return [len(_changed(texts, json.loads(point.texts))) for point in points]


def changed_after(newest: Mapping[str, str], points: Iterable[RestorePoint]) -> list[list[Place]]:
    """List for each point the cells and rows that were changed until the next one. The newest point is the first.

    `newest` are the texts of the point after it, or of the present draft.
    """
    found = []
    for point in points:
        texts = json.loads(point.texts)
        found.append([Place.parse(place) for place in _changed(newest, texts)])
        newest = texts
    return found


def texts_of(point: RestorePoint | None, current: StoredDraft) -> Mapping[str, str]:
    """Return the texts of a point by the name of their place, without a point those of the present draft."""
    texts: dict[str, str] = json.loads(point.texts) if point else _texts_by_name(current)
    return texts


def differences(current: StoredDraft, former: StoredDraft) -> list[tuple[Place, str, str]]:
    """List (place, present text, former text) of every cell that restoring would change."""
    before, after = current.texts(), former.texts()
    changed = []
    for place in sorted({*before, *after}):
        row = Place(place.section, place.key)
        is_removed = place.section in COLUMNS and row not in after
        if not is_row(place) and is_removed:
            continue  # The row is removed as a whole.
        text = before.get(place, "")
        if place.section in COLUMNS and row not in before and not is_row(place):
            text = _removed_text(current, place)
        if text != after.get(place, ""):
            changed.append((place, text, after.get(place, "")))
    return changed


def _changed(current: Mapping[str, str], former: Mapping[str, str]) -> list[str]:
    """Name the places that differ. An added or removed row is one place, with all its cells."""
    changed = (place for place in {*current, *former} if current.get(place) != former.get(place))
    rows = current.keys() & former.keys()
    return [place for place in changed if "]." not in place or f"{place.partition('].')[0]}]" in rows]


def _texts_by_name(stored: StoredDraft) -> dict[str, str]:
    return {str(place): text for place, text in stored.texts().items()}


def _removed_text(current: StoredDraft, place: Place) -> str:
    """Return the text that a removed row still holds."""
    row = current.rows[place.section].get(place.key)
    return row.texts.get(place.column, "") if row else ""
