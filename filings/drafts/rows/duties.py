"""Steps with duties, as changes. Where their numerals count 1, 2, 3 … they are counted anew after each step."""

from collections.abc import Sequence

from filings.document import numerals
from filings.document.place import Place, duty
from filings.drafts.changes import Change
from filings.drafts.content import Draft
from filings.drafts.create import FIRST_NUMERAL, new_key
from filings.drafts.rows.order import check_room, find, make_room
from filings.drafts.stored import StoredRow


def add(draft: Draft, at: Place) -> list[Change]:
    rows = draft.stored.standing("duties")
    check_room(draft, "duties", 1)
    behind = find(rows, at) + 1 if at.key else len(rows)
    texts = [_text(row).strip() for row in rows]
    text = numerals.next_numeral(texts[:behind]) if rows else FIRST_NUMERAL
    (rank,), tied = make_room("duties", rows, behind)
    new = StoredRow(new_key(), rank, {"text": text})
    return [*_come(new), *tied, *_counted_anew(rows, [*rows[:behind], new, *rows[behind:]])]


def remove(draft: Draft, at: Place) -> list[Change]:
    rows = draft.stored.standing("duties")
    gone = rows[find(rows, at)]
    rest = [row for row in rows if row is not gone]
    return [Change(str(Place("duties", gone.key)), gone.rank, ""), *_counted_anew(rows, rest)]


def move(draft: Draft, at: Place, step: int) -> list[Change]:
    rows = draft.stored.standing("duties")
    was = find(rows, at)
    to = min(max(was + step, 0), len(rows) - 1)
    rest = [row for row in rows if row is not rows[was]]
    if to == was:
        return []
    (rank,), tied = make_room("duties", rest, to)
    moved = Change(str(Place("duties", at.key)), rows[was].rank, rank)
    return [moved, *tied, *_counted_anew(rows, [*rest[:to], rows[was], *rest[to:]])]


def split(draft: Draft, at: Place) -> list[Change]:
    """Cut a duty in which several were pasted at the numerals that count on, one row for each."""
    rows = draft.stored.standing("duties")
    number = find(rows, at)
    whole = rows[number]
    first, *others = numerals.split_at_numerals(_text(whole)) or [_text(whole)]
    check_room(draft, "duties", len(others))
    if not others:
        return []
    ranks, tied = make_room("duties", rows, number + 1, len(others))
    new = [StoredRow(new_key(), rank, {"text": text}) for rank, text in zip(ranks, others, strict=True)]
    cut = StoredRow(whole.key, whole.rank, {"text": first})
    after = [*rows[:number], cut, *new, *rows[number + 1 :]]
    changes = [Change(str(duty(whole.key)), _text(whole), first), *tied]
    changes += [change for row in new for change in _come(row)]
    return _with_newer(changes, _counted_anew([cut, *new], after))


def _come(row: StoredRow) -> list[Change]:
    return [Change(str(Place("duties", row.key)), "", row.rank), Change(str(duty(row.key)), "", _text(row))]


def _counted_anew(before: Sequence[StoredRow], after: Sequence[StoredRow]) -> list[Change]:
    """The texts that change because their numerals are counted anew, where those of `before` counted."""
    if not numerals.are_consecutive([_text(row) for row in before]):
        return []
    texts = numerals.renumber([_text(row).lstrip() for row in after])
    return [
        Change(str(duty(row.key)), _text(row), text)
        for row, text in zip(after, texts, strict=True)
        if _text(row) != text
    ]


def _with_newer(changes: Sequence[Change], newer: Sequence[Change]) -> list[Change]:
    """Both as one list, each place once: from what was there at first to what is there at last."""
    merged = {change.place: change for change in changes}
    for change in newer:
        before = merged[change.place].before if change.place in merged else change.before
        merged[change.place] = Change(change.place, before, change.after)
    return list(merged.values())


def _text(row: StoredRow) -> str:
    return row.texts["text"]
