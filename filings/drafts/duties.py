"""Steps with duties, as changes. Where their numerals count 1, 2, 3 … they are counted anew after each step."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from filings.document import numerals, rank
from filings.document.place import Place, duty
from filings.drafts.beginning import FIRST_NUMERAL, new_key
from filings.drafts.changes import Change
from filings.drafts.content import Draft
from filings.drafts.desk import MOST
from filings.drafts.stored import StoredRow
from filings.refusals import StepRefused


class RowGone(StepRefused):
    """A step with a row that someone has removed meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("这一行已经被删去，没有改动别的内容。"))


def check_room(draft: Draft, section: str, new: int) -> None:
    """Raises StepRefused when there is no room for so many new rows."""
    count, most = draft.stored.count(section), MOST[section]
    if count + new > most:
        numbers = {"count": count, "new": new, "most": most}
        raise StepRefused(_("已有 %(count)s 行，最多 %(most)s 行，不能再加 %(new)s 行。") % numbers)


def find(rows: Sequence[StoredRow], at: Place) -> int:
    """The number of a row. Raises RowGone."""
    for number, row in enumerate(rows):
        if row.key == at.key:
            return number
    raise RowGone()


def ranks_between(rows: Sequence[StoredRow], number: int, count: int) -> list[str]:
    """Ranks for so many rows that are to stand before the row of this number, or behind all."""
    low = rows[number - 1].rank if number else ""
    return rank.spread(low, rows[number].rank if number < len(rows) else "", count)


def add(draft: Draft, at: Place) -> list[Change]:
    rows = draft.stored.standing("duties")
    check_room(draft, "duties", 1)
    behind = find(rows, at) + 1 if at.key else len(rows)
    texts = [_text(row).strip() for row in rows]
    text = numerals.next_numeral(texts[:behind]) if rows else FIRST_NUMERAL
    new = StoredRow(new_key(), ranks_between(rows, behind, 1)[0], {"text": text})
    return [*_come(new), *_counted_anew(rows, [*rows[:behind], new, *rows[behind:]])]


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
    moved = Change(str(Place("duties", at.key)), rows[was].rank, ranks_between(rest, to, 1)[0])
    return [moved, *_counted_anew(rows, [*rest[:to], rows[was], *rest[to:]])]


def split(draft: Draft, at: Place) -> list[Change]:
    """Cut a duty in which several were pasted at the numerals that count on, one row for each."""
    rows = draft.stored.standing("duties")
    number = find(rows, at)
    whole = rows[number]
    first, *others = numerals.split_at_numerals(_text(whole)) or [_text(whole)]
    check_room(draft, "duties", len(others))
    if not others:
        return []
    ranks = ranks_between(rows, number + 1, len(others))
    new = [StoredRow(new_key(), at, {"text": text}) for at, text in zip(ranks, others, strict=True)]
    cut = StoredRow(whole.key, whole.rank, {"text": first})
    after = [*rows[:number], cut, *new, *rows[number + 1 :]]
    renumbered = {change.place: change for change in _counted_anew([cut, *new], after)}
    cells = {change.place: change for change in [Change(str(duty(whole.key)), _text(whole), first)]}
    for row in new:
        cells |= {change.place: change for change in _come(row)}
    for place, change in renumbered.items():
        cells[place] = Change(place, cells[place].before if place in cells else change.before, change.after)
    return list(cells.values())


def _come(row: StoredRow) -> list[Change]:
    return [Change(str(Place("duties", row.key)), "", row.rank), Change(str(duty(row.key)), "", _text(row))]


def _counted_anew(before: Sequence[StoredRow], after: Sequence[StoredRow]) -> list[Change]:
    """The texts that change because their numerals are counted anew, where those of `before` counted."""
    if not numerals.counted([_text(row) for row in before]):
        return []
    texts = numerals.renumber([_text(row).lstrip() for row in after])
    return [
        Change(str(duty(row.key)), _text(row), text)
        for row, text in zip(after, texts, strict=True)
        if _text(row) != text
    ]


def _text(row: StoredRow) -> str:
    return row.texts["text"]
