"""Set a draft back to a submitted version, for an adjustment that is cancelled."""

from datetime import datetime

from filings.choices import PointKind
from filings.document import links
from filings.drafts import changes as results
from filings.drafts.changes import Change, SaveResult
from filings.drafts.content import Draft, load
from filings.drafts.editor import DraftEditor
from filings.drafts.restore_points import differences, draft_at, keep_restore_point
from filings.drafts.returned_table import texts_of
from filings.drafts.stored_draft import from_texts
from filings.models import Edit, Filing, Revision, User

# Sections of a draft that are not part of a version.
_BESIDES = (links.SECTION, "explanations")


def set_back(filing: Filing, revision: Revision, *, by: User, at: datetime) -> None:
    """Write every cell as it was when the version was submitted, after a restore point if any differs.

    Call it inside the transaction that has locked the filing's row: unlike a save, it needs no editable filing.
    """
    current = load(filing)
    changed = differences(current.stored, _submitted(filing, revision, current).stored)
    if not changed:
        return
    keep_restore_point(filing, PointKind.CANCEL_ADJUSTMENT, current, by=by)
    editor = DraftEditor(filing, current.edition, current.stored)
    for place, _text, former in changed:
        editor.put(place, former)
    editor.store()
    applied = SaveResult(tuple(Change(str(place), text, former) for place, text, former in changed))
    client_id = f"{PointKind.CANCEL_ADJUSTMENT}:{filing.lock}"
    Edit.objects.create(filing=filing, client_id=client_id, by=by, at=at, changes=results.to_json(applied))


def _submitted(filing: Filing, revision: Revision, current: Draft) -> Draft:
    """Return the draft of a version: its restore point, which also has explanations, links and blank rows.

    Without one of the same content, those of the present draft stay, and the rows are those of the version.
    """
    texts = texts_of(revision.document())
    for point in filing.points.filter(kind=PointKind.SUBMISSION, detail=str(revision.number)):
        draft = draft_at(point, current)
        if texts_of(draft.document) == texts:
            return draft
    kept = {place: text for place, text in current.stored.texts().items() if place.section in _BESIDES}
    return Draft(current.edition, current.year, from_texts({**texts, **kept}))
