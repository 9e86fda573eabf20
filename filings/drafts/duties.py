"""Duties of a draft as rows. Where their numerals count 1, 2, 3 … they are counted anew after each step."""

from filings.document import numerals
from filings.document.content import MOST_DUTIES
from filings.document.place import Place, duty
from filings.drafts.changes import Changes, RowGone, change, check_room
from filings.drafts.content import FIRST_NUMERAL, counted, new_key
from filings.models import Duty, Filing


def add(filing: Filing, at: Place) -> Changes:
    rows = list(filing.duties.all())
    check_room(rows, 1, MOST_DUTIES)
    behind = _at(rows, at) + 1 if at.key else len(rows)
    texts = [row.raw.strip() for row in rows]
    text = numerals.next_numeral(texts[:behind]) if rows else FIRST_NUMERAL
    new = Duty(filing=filing, key=new_key(), position=behind, raw=text)
    written = _write(filing, rows, [*rows[:behind], new, *rows[behind:]])
    return [change(Place("duties", new.key), "", new.raw), *written]


def remove(filing: Filing, at: Place) -> Changes:
    rows = list(filing.duties.all())
    gone = rows[_at(rows, at)]
    gone.delete()
    written = _write(filing, rows, [row for row in rows if row is not gone])
    return [change(Place("duties", at.key), gone.raw, ""), *written]


def move(filing: Filing, at: Place, step: int) -> Changes:
    rows = list(filing.duties.all())
    was = _at(rows, at)
    to = min(max(was + step, 0), len(rows) - 1)
    moved = [row for row in rows if row is not rows[was]]
    moved.insert(to, rows[was])
    return [change(Place("duties", at.key), str(was), str(to)), *_write(filing, rows, moved)]


def split(filing: Filing, at: Place) -> Changes:
    """Cut a duty in which several were pasted at the numerals that count on, one row for each."""
    rows = list(filing.duties.all())
    number = _at(rows, at)
    whole = rows[number]
    first, *others = numerals.split_at_numerals(whole.raw) or [whole.raw]
    check_room(rows, len(others), MOST_DUTIES)
    new = [Duty(filing=filing, key=new_key(), position=number, raw=text) for text in others]
    before, whole.raw = whole.raw, first
    written = _write(filing, [whole, *new], [*rows[: number + 1], *new, *rows[number + 1 :]])
    added = [change(Place("duties", row.key), "", row.raw) for row in new]
    return [change(duty(whole.key), before, whole.raw), *added, *written]


def _at(rows: list[Duty], at: Place) -> int:
    for number, row in enumerate(rows):
        if row.key == at.key:
            return number
    raise RowGone()


def _write(filing: Filing, before: list[Duty], after: list[Duty]) -> Changes:
    """Store the new order and the new numerals; answers the texts that were changed by them."""
    changes = []
    texts = [row.raw for row in after]
    if counted([row.raw for row in before]):
        texts = numerals.renumber([text.lstrip() for text in texts])
    for position, (row, text) in enumerate(zip(after, texts, strict=True)):
        if row.pk and row.raw != text:
            changes.append(change(duty(row.key), row.raw, text))
        row.position, row.raw = position, text
    Duty.objects.bulk_create([row for row in after if not row.pk])
    Duty.objects.bulk_update([row for row in after if row.pk], ["position", "raw"])
    return changes
