"""Restore points: what a draft held at a moment, kept as the texts of its cells, looked at and gone back to."""

import json
from collections.abc import Iterable, Mapping

from django.utils import timezone

from filings.choices import PointKind
from filings.document.place import Place
from filings.drafts.content import Draft
from filings.drafts.stored import COLUMNS, Stored, composed, is_row
from filings.models import Filing, RestorePoint, User


def keep(filing: Filing, kind: PointKind, draft: Draft, *, by: User) -> None:
    """Keep what a draft holds now."""
    texts = json.dumps(_written(draft.stored), ensure_ascii=False, sort_keys=True)
    filing.points.create(kind=kind, by=by, at=timezone.now(), texts=texts)


def draft_at(point: RestorePoint, now: Draft) -> Draft:
    """The draft as it was, on the form as it is now."""
    return Draft(now.edition, now.year, composed(_texts(point)))


def count_differences(now: Stored, points: Iterable[RestorePoint]) -> list[int]:
    """How many cells would change by going back to each of these points."""
    here = _written(now)
    return [_count(here, json.loads(point.texts)) for point in points]


def differences(now: Stored, then: Stored) -> list[tuple[Place, str, str]]:
    """(place, text now, text then) of every cell that would change by going back."""
    before, after = now.texts(), then.texts()
    found = []
    for at in sorted({*before, *after}):
        row = Place(at.section, at.key)
        is_gone = at.section in COLUMNS and row not in after
        if not is_row(at) and is_gone:
            continue  # The row goes as a whole, with what is in it.
        text = before.get(at, "")
        if at.section in COLUMNS and row not in before and not is_row(at):
            text = _buried(now, at)
        if text != after.get(at, ""):
            found.append((at, text, after.get(at, "")))
    return found


def _count(now: Mapping[str, str], then: Mapping[str, str]) -> int:
    changed = (place for place in {*now, *then} if now.get(place) != then.get(place))
    # A row that comes or goes is one, with all that is in it.
    rows = now.keys() & then.keys()
    return sum("]." not in place or f"{place.partition('].')[0]}]" in rows for place in changed)


def _written(stored: Stored) -> dict[str, str]:
    return {str(at): text for at, text in stored.texts().items()}


def _buried(now: Stored, at: Place) -> str:
    """What a removed row still holds."""
    row = now.rows[at.section].get(at.key)
    return row.texts.get(at.column, "") if row else ""


def _texts(point: RestorePoint) -> Mapping[Place, str]:
    return {Place.parse(at): text for at, text in json.loads(point.texts).items()}
