"""Apply imported content to a draft: preview it, then store it as one save.

Labels of indicator classes that the edition lacks are no cells of the table, so they are stored outside the save.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy

from filings.choices import PointKind
from filings.document.place import Place
from filings.drafts.changes import Change, Refusal, SaveResult
from filings.drafts.content import Draft
from filings.drafts.editor import DraftEditor
from filings.drafts.reopened import CLOSED, CLOSED_FOR_ROWS
from filings.drafts.save_changes import save
from filings.errors import StepRefused
from filings.models import Filing, Indicator, User

LONGEST_LABEL = 200
# First- and second-level label of the source, by row key.
Labels = Mapping[str, tuple[str, str]]


def preview_changes(filing: Filing, draft: Draft, changes: Sequence[Change], labels: Labels) -> Draft:
    """Return the draft with the changes applied, without storing anything."""
    editor = DraftEditor(filing, draft.edition, deepcopy(draft.stored))
    for change in changes:
        editor.put(Place.parse(change.place), change.after)
    for key, pair in labels.items():
        editor.stored.rows["indicators"][key].labels = pair
    return Draft(draft.edition, draft.year, editor.stored)


def apply_changes(
    filing: Filing,
    changes: Sequence[Change],
    labels: Labels,
    *,
    by: User,
    client_id: str,
    since: int | None = None,
    point: PointKind = PointKind.IMPORT,
    source: str = "",
) -> SaveResult:
    """Apply all changes as one save, preceded by a restore point, or none. Call it within a transaction.

    `since` is the id of the newest edit that the changes are based on: a row that another user changed after it is
    not removed. `source` is the name of an imported file. Raises StepRefused with the reason if any change cannot be
    made.
    """
    saved = save(filing, changes, by=by, client_id=client_id, since=since, point=point, point_detail=source)
    if saved.refusals:
        raise StepRefused(_refusal(saved.refusals))
    if saved.conflicts:
        raise StepRefused("有几处刚被他人修改，本次未保存。请重试。")
    _store_labels(filing, labels)
    return saved


def _refusal(refusals: Sequence[Refusal]) -> str:
    closed = sum(refusal.reason in (CLOSED, CLOSED_FOR_ROWS) for refusal in refusals)
    if not closed:
        return refusals[0].reason
    return f"有 {closed} 处在未被退回的行，不能改，本次未保存；需要改的，请与审核人联系退回全表。"


def _store_labels(filing: Filing, labels: Labels) -> None:
    rows = list(filing.indicators.filter(key__in=labels))
    for row in rows:
        first, second = labels[row.key]
        row.found_first_level, row.found_second_level = first[:LONGEST_LABEL], second[:LONGEST_LABEL]
    Indicator.objects.bulk_update(rows, ["found_first_level", "found_second_level"])
