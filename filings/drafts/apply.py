"""Content of elsewhere taken into a draft: looked at before, then made one save, with labels of classes that are gone.

Labels are no cells that anybody types into: no save brings them, so they are kept beside it.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy

from filings.choices import PointKind
from filings.document.place import Place
from filings.drafts.changes import Change, Saved
from filings.drafts.content import Draft
from filings.drafts.editing import DraftEditor
from filings.drafts.saving import save
from filings.errors import StepRefused
from filings.models import Filing, Indicator, User

LONGEST_LABEL = 200
# By the key of a row: first and second level, as they were called where the row comes from.
Labels = Mapping[str, tuple[str, str]]


def previewed(filing: Filing, draft: Draft, changes: Sequence[Change], labels: Labels) -> Draft:
    """The draft as it would be, nothing stored."""
    desk = DraftEditor(filing, draft.edition, deepcopy(draft.stored))
    for change in changes:
        desk.put(Place.parse(change.place), change.after)
    for key, found in labels.items():
        desk.stored.rows["indicators"][key].found = found
    return Draft(draft.edition, draft.year, desk.stored)


def take(
    filing: Filing, changes: Sequence[Change], labels: Labels, *, by: User, client_id: str, since: int | None = None
) -> Saved:
    """Make the changes as one save with a restore point before it, all of them or none; a transaction must be open.

    `since` is the number of the newest save that the changes know: no row goes that somebody has touched after it.
    Raises StepRefused with the reason why one cannot be made.
    """
    saved = save(filing, changes, by=by, client_id=client_id, since=since, point=PointKind.IMPORT)
    if saved.refusals:
        raise StepRefused(saved.refusals[0].reason)
    if saved.conflicts:
        raise StepRefused("有几处刚被别人改过，这一次什么也没有存。请再试一次。")
    _keep_labels(filing, labels)
    return saved


def _keep_labels(filing: Filing, labels: Labels) -> None:
    rows = list(filing.indicators.filter(key__in=labels))
    for row in rows:
        first, second = labels[row.key]
        row.found_first_level, row.found_second_level = first[:LONGEST_LABEL], second[:LONGEST_LABEL]
    Indicator.objects.bulk_update(rows, ["found_first_level", "found_second_level"])
