"""Save changes of cells: each is applied if the cell still holds the text that the user saw, else it is a conflict."""

import unicodedata
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from filings.choices import PointKind
from filings.document.edition import Edition
from filings.document.place import Place
from filings.drafts import changes as results
from filings.drafts import restore_points
from filings.drafts.changes import CellConflict, Change, Refusal, SaveResult
from filings.drafts.concurrent import ConcurrentEdits, edits_since
from filings.drafts.conflicts import merged_text, with_authors
from filings.drafts.content import Draft, load
from filings.drafts.editor import MOST, DraftEditor
from filings.drafts.locking import lock_draft
from filings.drafts.reopened import open_places
from filings.drafts.stored_draft import columns_of, is_row
from filings.errors import StepRefused
from filings.models import Edit, Filing, User


class _AlreadySaved(Exception):
    """The same save was stored before; raised to roll back the transaction."""

    def __init__(self, edit: Edit, concurrent: ConcurrentEdits) -> None:
        super().__init__()
        self.edit = edit
        self.concurrent = concurrent


class _NothingChanged(Exception):
    """A save that changes no cell; raised to roll back the transaction, so that it leaves no edit and no lock."""

    def __init__(self, result: SaveResult) -> None:
        super().__init__()
        self.result = result


def save(
    filing: Filing,
    changes: Sequence[Change],
    *,
    by: User,
    client_id: str,
    since: int | None = None,
    point: PointKind | None = None,
    point_detail: str = "",
) -> SaveResult:
    """Save changes of a draft. Repeating a save with the same `client_id` changes nothing and returns its result.

    A save that changes no cell leaves no trace, so that its sender is not the last editor. A confirmation is stored.
    `since` is the id of the newest edit that the page knows: later edits decide about conflicts and are returned as
    news. `point` keeps the former content as a restore point with `point_detail`. Raises StepRefused if the filing is
    not editable; then nothing has changed.
    """
    if not changes:
        return SaveResult()
    try:
        with transaction.atomic():
            return _save(filing, changes, by, client_id, since, (point, point_detail))
    except _AlreadySaved as repeated:
        filing.refresh_from_db(fields=["lock"])
        return _with_news(results.from_edit(repeated.edit), repeated.concurrent, load(filing))
    except _NothingChanged as unchanged:
        filing.refresh_from_db(fields=["lock"])
        return unchanged.result


def clean_text(text: str) -> str:
    """Normalise line breaks and remove what no keyboard produces: control characters, NUL and lone surrogates."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if lines.isprintable():
        return lines
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def _save(
    filing: Filing,
    changes: Sequence[Change],
    by: User,
    client_id: str,
    since: int | None,
    point: tuple[PointKind | None, str],
) -> SaveResult:
    _lock(filing, client_id)
    done, concurrent = edits_since(filing, since, client_id)
    if done:
        raise _AlreadySaved(done, concurrent)
    draft = load(filing)
    kind, detail = point
    if kind:
        restore_points.keep_restore_point(filing, kind, draft, by=by, detail=detail)
    editor = DraftEditor(filing, draft.edition, draft.stored)
    saved = _apply(filing, draft, editor, [_clean(change) for change in changes], concurrent)
    stored = Draft(draft.edition, draft.year, draft.stored)
    if not editor.has_changes:
        client_id = f"{Edit.CONFIRMATION}{client_id.removeprefix(Edit.CONFIRMATION)}"
        confirms = any(change.before == change.after for change in saved.applied)
        if not confirms or filing.edits.filter(client_id=client_id).exists():
            raise _NothingChanged(_with_news(saved, concurrent, stored))
    now = timezone.now()
    edit = Edit.objects.create(filing=filing, client_id=client_id, by=by, at=now, changes=results.to_json(saved))
    concurrent.add(edit)
    return _with_news(replace(saved, at=now), concurrent, stored)


def _with_news(saved: SaveResult, concurrent: ConcurrentEdits, draft: Draft) -> SaveResult:
    """Add what the page does not know yet.

    That is what others have saved, and what became of its own changes where they were merged or restored a row.
    """
    rejected = {change.place for change in saved.rejected}
    own = {change.place: change.after for change in saved.applied}
    places = {cell for place in (*concurrent.others, *own) for cell in _with_cells(Place.parse(place), draft.edition)}
    news = {
        str(place): text
        for place in sorted(places, key=lambda place: (not is_row(place), place))
        if str(place) not in rejected and (text := draft.stored.text(place)) is not None and own.get(str(place)) != text
    }
    return replace(saved, edit=concurrent.newest, news=news, draft=draft)


def _with_cells(place: Place, edition: Edition) -> list[Place]:
    """Return a place and, if it is a row's own, all its cells: the row may be new to the page or restored."""
    columns = columns_of(place.section, edition) if is_row(place) else ()
    return [place, *(Place(place.section, place.key, column) for column in columns)]


def _lock(filing: Filing, client_id: str) -> None:
    try:
        lock_draft(filing)
    except StepRefused:
        if done := filing.edits.filter(client_id=client_id).first():
            raise _AlreadySaved(done, ConcurrentEdits(client_id, (), done.pk)) from None
        raise


def _clean(change: Change) -> Change:
    return Change(clean_text(change.place), clean_text(change.before), clean_text(change.after))


def _apply(
    filing: Filing, draft: Draft, editor: DraftEditor, changes: Sequence[Change], concurrent: ConcurrentEdits
) -> SaveResult:
    reopened = open_places(filing, deepcopy(draft) if filing.reopened is not None else draft)
    parsed = [(change, _parse_place(change.place)) for change in changes]
    editor.removed_rows = {place for change, place in parsed if place and is_row(place) and not change.after}
    applied, conflicts, refusals = [], [], []
    new_classes = {place.key: change.after for change, place in parsed if place and place.column == "node"}
    refused_rows: dict[Place, str] = {}
    for change, place in sorted(parsed, key=_new_rows_first_removals_last):
        row = Place(place.section, place.key) if place else None
        reason = _refusal_reason(change, place, editor) or (refused_rows.get(row, "") if row else "")
        if place and not reason:
            reason = reopened.refusal(change, place, editor.text(place) or "", new_classes)
        if reason:
            refusals.append(Refusal(change, reason))
            if place and is_row(place):
                refused_rows[place] = reason
        elif place and (after := merged_text(change, place, editor, concurrent)) is not None:
            if editor.text(place) != after and not concurrent.is_superseded(change.place):
                editor.put(place, after)
            applied.append(change)
        elif place:
            stored = editor.text(place)
            conflicts.append(CellConflict(change, stored if stored or not is_row(place) else None))
    editor.store()
    return SaveResult(tuple(applied), tuple(with_authors(filing, conflicts)), tuple(refusals))


def _parse_place(text: str) -> Place | None:
    try:
        return Place.parse(text)
    except ValueError:
        return None


def _new_rows_first_removals_last(item: tuple[Change, Place | None]) -> int:
    change, place = item
    if place is None or not is_row(place):
        return 1
    return 0 if change.after else 2


def _refusal_reason(change: Change, place: Place | None, editor: DraftEditor) -> str:
    """Return why a change cannot be stored, regardless of other saves; blank if it can."""
    if place is None or not editor.has(place):
        return "表中没有这一栏，请刷新页面。"
    longest = editor.longest(place)
    if len(change.after) > longest:
        return f"这里有 {len(change.after)} 个字，最多 {longest} 个，未保存。请删减后再保存。"
    if not editor.accepts(place, change.after):
        return "没有这个二级指标，未保存。请另选一个。" if place.column else "表中没有这一栏，请刷新页面。"
    return _new_row_refusal(change, place, editor)


def _new_row_refusal(change: Change, place: Place, editor: DraftEditor) -> str:
    if not is_row(place) or not change.after or editor.text(place):
        return ""
    if place.key not in editor.stored.rows[place.section] and not _is_uuid(place.key):
        return "表中没有这一栏，请刷新页面。"
    if editor.can_add_row(place.section):
        return ""
    most = MOST[place.section]
    return f"已有 {most} 行，最多 {most} 行，这一行没有加上。"


def _is_uuid(key: str) -> bool:
    try:
        return str(UUID(key)) == key
    except ValueError:
        return False
