"""Steps with indicators, as changes. Ranks run through the whole tree; what counts is the order within each class."""

from filings.document.place import Place, indicator
from filings.drafts.changes import Change
from filings.drafts.content import Draft
from filings.drafts.create import new_key
from filings.drafts.rows.order import (
    RowGone,
    check_room,
    find,
    make_room,
)
from filings.drafts.stored import StoredRow

SECTION = "indicators"


def add(draft: Draft, at: Place) -> list[Change]:
    rows = draft.stored.standing(SECTION)
    check_room(draft, SECTION, 1)
    if at.section == "nodes":
        if draft.edition.levels(at.key) is None:
            raise RowGone()
        node, behind = at.key, len(rows)
    else:
        above = find(rows, at)
        node, behind = rows[above].texts["node"], above + 1
    (rank,), tied = make_room(SECTION, rows, behind)
    row = Place(SECTION, new_key())
    return [Change(str(row), "", rank), Change(str(indicator(row.key, "node")), "", node), *tied]


def remove(draft: Draft, at: Place) -> list[Change]:
    rows = draft.stored.standing(SECTION)
    return [Change(str(Place(SECTION, at.key)), rows[find(rows, at)].rank, "")]


def move(draft: Draft, at: Place, step: int) -> list[Change]:
    rows = draft.stored.standing(SECTION)
    row = rows[find(rows, at)]
    mates = [other for other in rows if other.texts["node"] == row.texts["node"]]
    to = mates.index(row) + step
    rest = [other for other in rows if other is not row]
    if 0 <= to < len(mates):
        return _put(row, rest, rest.index(mates[to]) + (step > 0))
    return _into_class(draft, row, rest, step)


def _into_class(draft: Draft, row: StoredRow, rest: list[StoredRow], step: int) -> list[Change]:
    """Over the edge of its class: up to the end of the one above, down to the beginning of the one below."""
    nodes = [second.key for _, second in draft.edition.leaves()]
    was = row.texts["node"]
    beyond = (nodes.index(was) if was in nodes else len(nodes)) + step
    if not 0 <= beyond < len(nodes):
        return []
    there = [other for other in rest if other.texts["node"] == nodes[beyond]]
    number = rest.index(there[0]) if step > 0 and there else len(rest)
    return [*_put(row, rest, number), Change(str(indicator(row.key, "node")), was, nodes[beyond])]


def _put(row: StoredRow, rest: list[StoredRow], number: int) -> list[Change]:
    (rank,), tied = make_room(SECTION, rest, number)
    return [Change(str(Place(SECTION, row.key)), row.rank, rank), *tied]
