"""Steps with lines of the task table, as changes."""

from filings.document.place import Place
from filings.drafts.changes import Change
from filings.drafts.content import Draft
from filings.drafts.create import new_key
from filings.drafts.rows.order import check_room, find, make_room

SECTION = "tasks"


def add(draft: Draft, at: Place) -> list[Change]:
    rows = draft.stored.standing(SECTION)
    check_room(draft, SECTION, 1)
    (rank,), tied = make_room(SECTION, rows, find(rows, at) + 1 if at.key else len(rows))
    return [Change(str(Place(SECTION, new_key())), "", rank), *tied]


def remove(draft: Draft, at: Place) -> list[Change]:
    rows = draft.stored.standing(SECTION)
    return [Change(str(Place(SECTION, at.key)), rows[find(rows, at)].rank, "")]


def move(draft: Draft, at: Place, step: int) -> list[Change]:
    rows = draft.stored.standing(SECTION)
    was = find(rows, at)
    to = was + step
    if not 0 <= to < len(rows):
        return []
    (rank,), tied = make_room(SECTION, [row for row in rows if row is not rows[was]], to)
    return [Change(str(Place(SECTION, at.key)), rows[was].rank, rank), *tied]
