"""Steps with duties, as changes. Duties numbered 1, 2, 3 … are renumbered after each step."""

from collections.abc import Sequence

from filings.document import numerals
from filings.document.place import Place, duty
from filings.drafts.changes import Change
from filings.drafts.content import Draft
from filings.drafts.create import FIRST_NUMERAL, new_key
from filings.drafts.rows.order import check_row_limit, find, ranks_before
from filings.drafts.stored_draft import StoredRow


def add(draft: Draft, place: Place) -> list[Change]:
    rows = draft.stored.ordered_rows("duties")
    check_row_limit(draft, "duties", 1)
    index = find(rows, place) + 1 if place.key else len(rows)
    texts = [_text(row).strip() for row in rows]
    text = numerals.next_numeral(texts[:index]) if rows else FIRST_NUMERAL
    (rank,), reranked = ranks_before("duties", rows, index)
    new = StoredRow(new_key(), rank, {"text": text})
    return [*_insert(new), *reranked, *_renumber(rows, [*rows[:index], new, *rows[index:]])]


def remove(draft: Draft, place: Place) -> list[Change]:
    rows = draft.stored.ordered_rows("duties")
    removed = rows[find(rows, place)]
    others = [row for row in rows if row is not removed]
    return [Change(str(Place("duties", removed.key)), removed.rank, ""), *_renumber(rows, others)]


def move(draft: Draft, place: Place, step: int) -> list[Change]:
    rows = draft.stored.ordered_rows("duties")
    index = find(rows, place)
    target = min(max(index + step, 0), len(rows) - 1)
    moved = rows[index]
    others = [row for row in rows if row is not moved]
    if target == index:
        return []
    (rank,), reranked = ranks_before("duties", others, target)
    change = Change(str(Place("duties", place.key)), moved.rank, rank)
    return [change, *reranked, *_renumber(rows, [*others[:target], moved, *others[target:]])]


def split(draft: Draft, place: Place) -> list[Change]:
    """Split a duty into which several were pasted at consecutive numerals, into one row each."""
    rows = draft.stored.ordered_rows("duties")
    index = find(rows, place)
    whole = rows[index]
    first, *others = numerals.split_at_numerals(_text(whole)) or [_text(whole)]
    check_row_limit(draft, "duties", len(others))
    if not others:
        return []
    ranks, reranked = ranks_before("duties", rows, index + 1, len(others))
    new = [StoredRow(new_key(), rank, {"text": text}) for rank, text in zip(ranks, others, strict=True)]
    shortened = StoredRow(whole.key, whole.rank, {"text": first})
    after = [*rows[:index], shortened, *new, *rows[index + 1 :]]
    changes = [Change(str(duty(whole.key)), _text(whole), first), *reranked]
    changes += [change for row in new for change in _insert(row)]
    return _combine(changes, _renumber([shortened, *new], after))


def _insert(row: StoredRow) -> list[Change]:
    return [Change(str(Place("duties", row.key)), "", row.rank), Change(str(duty(row.key)), "", _text(row))]


def _renumber(before: Sequence[StoredRow], after: Sequence[StoredRow]) -> list[Change]:
    """Return the changes of texts that renumber `after`, if the numerals of `before` are consecutive."""
    if not numerals.are_consecutive([_text(row) for row in before]):
        return []
    texts = numerals.renumber([_text(row).lstrip() for row in after])
    return [
        Change(str(duty(row.key)), _text(row), text)
        for row, text in zip(after, texts, strict=True)
        if _text(row) != text
    ]


def _combine(changes: Sequence[Change], later: Sequence[Change]) -> list[Change]:
    """Combine two lists into one with each place once, from its first text to its last."""
    combined = {change.place: change for change in changes}
    for change in later:
        before = combined[change.place].before if change.place in combined else change.before
        combined[change.place] = Change(change.place, before, change.after)
    return list(combined.values())


def _text(row: StoredRow) -> str:
    return row.texts["text"]
