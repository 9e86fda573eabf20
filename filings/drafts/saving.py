"""A save: a list of changes, each applied when the cell still holds what the person saw, otherwise a conflict."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from filings.choices import PointKind
from filings.document import numerals
from filings.document.edition import Edition
from filings.document.place import Place
from filings.drafts import changes as outcome
from filings.drafts import concurrent, restore_points
from filings.drafts.changes import CellConflict, Change, Refusal, Saved
from filings.drafts.concurrent import Meanwhile
from filings.drafts.content import Draft, load
from filings.drafts.editing import MOST, DraftEditor
from filings.drafts.locking import hold
from filings.drafts.stored import columns_of, is_row
from filings.errors import StepRefused
from filings.models import Edit, Filing, User


class _DoneBefore(Exception):
    """A save that was stored already: nothing of this one remains."""

    def __init__(self, edit: Edit, story: Meanwhile) -> None:
        super().__init__()
        self.edit = edit
        self.story = story


def save(
    filing: Filing,
    changes: Sequence[Change],
    *,
    by: User,
    client_id: str,
    since: int | None = None,
    point: PointKind | None = None,
) -> Saved:
    """Store what was typed. The same `client_id` again changes nothing and is answered as the first time.

    `since` is the number of the newest save that the page knows: what came after it decides who was there first, and
    is answered as news. `point` keeps what was stored before as a restore point. Raises StepRefused when the filing is
    no longer being filled in, and then nothing has changed.
    """
    if not changes:
        return Saved()
    try:
        with transaction.atomic():
            return _save(filing, changes, by, client_id, since, point)
    except _DoneBefore as before:
        filing.refresh_from_db(fields=["lock"])
        return _with_news(outcome.read(before.edit), before.story, load(filing))


def cleaned(text: str) -> str:
    """A text as typed, without what no keyboard makes: control characters, NUL, halves of characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if lines.isprintable():
        return lines
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def _save(
    filing: Filing, changes: Sequence[Change], by: User, client_id: str, since: int | None, point: PointKind | None
) -> Saved:
    _hold(filing, client_id)
    done, story = concurrent.since(filing, since, client_id)
    if done:
        raise _DoneBefore(done, story)
    draft = load(filing)
    if point:
        restore_points.keep(filing, point, draft, by=by)
    saved = _apply(filing, draft, [_cleaned(change) for change in changes], story)
    at = saved.at or timezone.now()
    edit = Edit.objects.create(filing=filing, client_id=client_id, by=by, at=at, changes=outcome.written(saved))
    story.add(edit)
    return _with_news(saved, story, Draft(draft.edition, draft.year, draft.stored))


def _with_news(saved: Saved, story: Meanwhile, draft: Draft) -> Saved:
    """The same, with what the page does not know yet: what others have put into cells, and what its own changes became
    where they were merged or brought a row back."""
    kept_out = {change.place for change in saved.kept_out}
    own = {change.place: change.after for change in saved.applied}
    places = {at for place in (*story.others, *own) for at in _with_cells(Place.parse(place), draft.edition)}
    news = {
        str(at): text
        for at in sorted(places, key=lambda at: (not is_row(at), at))
        if str(at) not in kept_out and (text := draft.stored.text(at)) is not None and own.get(str(at)) != text
    }
    return replace(saved, edit=story.newest, news=news, is_outdated=story.is_replaced, draft=draft)


def _with_cells(at: Place, edition: Edition) -> list[Place]:
    """A place; with a row's own, all its cells: it may be new to the page, or back."""
    columns = columns_of(at.section, edition) if is_row(at) else ()
    return [at, *(Place(at.section, at.key, column) for column in columns)]


def _hold(filing: Filing, client_id: str) -> None:
    try:
        hold(filing)
    except StepRefused:
        if done := filing.edits.filter(client_id=client_id).first():
            raise _DoneBefore(done, Meanwhile(client_id, (), done.pk)) from None
        raise


def _cleaned(change: Change) -> Change:
    return Change(cleaned(change.place), cleaned(change.before), cleaned(change.after))


def _apply(filing: Filing, draft: Draft, changes: Sequence[Change], story: Meanwhile) -> Saved:
    desk = DraftEditor(filing, draft.edition, draft.stored)
    desk.leaving = {at for change, at in _placed(changes) if at and is_row(at) and not change.after}
    applied, conflicts, refusals = [], [], []
    no_row: dict[Place, str] = {}
    for change, at in sorted(_placed(changes), key=_rows_come_first_and_go_last):
        row = Place(at.section, at.key) if at else None
        if reason := _why_not(change, at, desk) or (no_row.get(row, "") if row else ""):
            refusals.append(Refusal(change, reason))
            if at and is_row(at):
                no_row[at] = reason
        elif at and (after := _merged(change, at, desk, story)) is not None:
            if desk.text(at) != after and not story.has_later(change.place):
                desk.put(at, after)
            applied.append(change)
        elif at:
            stored = desk.text(at)
            conflicts.append(CellConflict(change, stored if stored or not is_row(at) else None))
    desk.store()
    return Saved(tuple(applied), tuple(_with_names(filing, conflicts)), tuple(refusals), timezone.now())


def _placed(changes: Sequence[Change]) -> list[tuple[Change, Place | None]]:
    return [(change, _place(change.place)) for change in changes]


def _place(text: str) -> Place | None:
    try:
        return Place.parse(text)
    except ValueError:
        return None


def _rows_come_first_and_go_last(item: tuple[Change, Place | None]) -> int:
    change, at = item
    if at is None or not is_row(at):
        return 1
    return 0 if change.after else 2


def _why_not(change: Change, at: Place | None, desk: DraftEditor) -> str:
    """Why a change cannot be stored, whoever else was there; empty when it can."""
    if at is None or not desk.has(at):
        return "表中没有这一格，请刷新页面。"
    longest = desk.longest(at)
    if len(change.after) > longest:
        numbers = {"count": len(change.after), "longest": longest}
        return "这里有 {count} 个字，最多 {longest} 个，没有保存。请删减后再保存。".format(**numbers)
    if not desk.takes(at, change.after):
        return "没有这个二级指标，没有保存。请另选一个。" if at.column else "表中没有这一格，请刷新页面。"
    return _why_no_row(change, at, desk)


def _why_no_row(change: Change, at: Place, desk: DraftEditor) -> str:
    if not is_row(at) or not change.after or desk.text(at):
        return ""
    if at.key not in desk.stored.rows[at.section] and not _is_lasting(at.key):
        return "表中没有这一格，请刷新页面。"
    if desk.has_room(at):
        return ""
    return "已有 {most} 行，最多 {most} 行，这一行没有加上。".format(most=MOST[at.section])


def _is_lasting(key: str) -> bool:
    try:
        return str(UUID(key)) == key
    except ValueError:
        return False


def _merged(change: Change, at: Place, desk: DraftEditor, story: Meanwhile) -> str | None:
    """What a cell holds after a change, None when someone else was there first.

    Where a row stands is no text of anybody's: the last to move it has it. A duty's numeral and what follows it are
    merged each for itself: a row that is added above counts on what another is writing below.
    """
    stored = desk.text(at)
    if is_row(at):
        is_taken = story.others_in_row(at) is not None if not change.after else bool(change.before)
        return None if is_taken and bool(stored) != bool(change.after) else change.after
    if stored is None:
        return None
    if stored in (change.before, change.after) or story.is_mine(change.place):
        return change.after
    return _numeral_and_words_merged(change, stored) if at.section == "duties" else None


def _numeral_and_words_merged(change: Change, stored: str) -> str | None:
    (was, words), (numeral, new_words), (their_numeral, their_words) = map(
        numerals.split_numeral, (change.before, change.after, stored)
    )
    if words not in (new_words, their_words):
        return None
    merged_numeral = their_numeral if numeral == was else numeral
    return merged_numeral + (their_words if words == new_words else new_words)


def _with_names(filing: Filing, conflicts: list[CellConflict]) -> Iterable[CellConflict]:
    """The same conflicts, each with whoever changed its place last."""
    missing = {place for conflict in conflicts for place in _causes(conflict)}
    last: dict[str, Edit] = {}
    if not missing:
        return conflicts
    for edit in filing.edits.select_related("by").order_by("-id").iterator(chunk_size=100):
        for place in missing & {*_with_rows(outcome.applied_places(edit))}:
            last[place] = edit
        missing -= last.keys()
        if all(any(place in last for place in _causes(conflict)) for conflict in conflicts):
            break
    return [_named(conflict, last) for conflict in conflicts]


def _with_rows(places: Iterable[str]) -> Iterable[str]:
    """Places, and the rows that they are in."""
    for place in places:
        yield place
        yield place.partition(".")[0]


def _causes(conflict: CellConflict) -> tuple[str, str]:
    """The places whose change can have made a conflict: the cell, or the row once it is gone; or the whole section."""
    place = conflict.change.place
    return place.partition(".")[0] if conflict.stored is None else place, place.partition("[")[0]


def _named(conflict: CellConflict, last: dict[str, Edit]) -> CellConflict:
    edits = [last[place] for place in _causes(conflict) if place in last]
    if not edits:
        return conflict
    edit = max(edits, key=lambda edit: edit.pk)
    return replace(conflict, by=edit.by.name, by_id=edit.by_id, at=edit.at)
