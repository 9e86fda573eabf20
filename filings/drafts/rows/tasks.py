"""Steps with rows of the task table, as changes."""

from filings.document.place import Place
from filings.drafts.changes import Change
from filings.drafts.content import Draft
from filings.drafts.create import new_key
from filings.drafts.rows.order import check_row_limit, find, ranks_before

SECTION = "tasks"


def add(draft: Draft, place: Place) -> list[Change]:
    rows = draft.stored.ordered_rows(SECTION)
    check_row_limit(draft, SECTION, 1)
    (rank,), reranked = ranks_before(SECTION, rows, find(rows, place) + 1 if place.key else len(rows))
    return [Change(str(Place(SECTION, new_key())), "", rank), *reranked]


def remove(draft: Draft, place: Place) -> list[Change]:
    rows = draft.stored.ordered_rows(SECTION)
    return [Change(str(Place(SECTION, place.key)), rows[find(rows, place)].rank, "")]


def move(draft: Draft, place: Place, step: int) -> list[Change]:
    rows = draft.stored.ordered_rows(SECTION)
    index = find(rows, place)
    target = index + step
    if not 0 <= target < len(rows):
        return []
    moved = rows[index]
    (rank,), reranked = ranks_before(SECTION, [row for row in rows if row is not moved], target)
    return [Change(str(Place(SECTION, place.key)), moved.rank, rank), *reranked]
