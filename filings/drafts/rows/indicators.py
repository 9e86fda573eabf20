"""Steps with indicators, as changes. Ranks run through the whole tree; only the order within each class matters."""

from filings.document.place import Place, indicator
from filings.drafts.changes import Change
from filings.drafts.content import Draft
from filings.drafts.create import new_key
from filings.drafts.rows.order import RowGone, check_row_limit, find, ranks_before
from filings.drafts.stored_draft import StoredRow

SECTION = "indicators"


def add(draft: Draft, place: Place) -> list[Change]:
    rows = draft.stored.ordered_rows(SECTION)
    check_row_limit(draft, SECTION, 1)
    if place.section == "nodes":
        if draft.edition.levels(place.key) is None:
            raise RowGone()
        node, index = place.key, len(rows)
    else:
        above = find(rows, place)
        node, index = rows[above].texts["node"], above + 1
    (rank,), reranked = ranks_before(SECTION, rows, index)
    row = Place(SECTION, new_key())
    return [Change(str(row), "", rank), Change(str(indicator(row.key, "node")), "", node), *reranked]


def remove(draft: Draft, place: Place) -> list[Change]:
    rows = draft.stored.ordered_rows(SECTION)
    return [Change(str(Place(SECTION, place.key)), rows[find(rows, place)].rank, "")]


def move(draft: Draft, place: Place, step: int) -> list[Change]:
    rows = draft.stored.ordered_rows(SECTION)
    row = rows[find(rows, place)]
    mates = [other for other in rows if other.texts["node"] == row.texts["node"]]
    target = mates.index(row) + step
    others = [other for other in rows if other is not row]
    if 0 <= target < len(mates):
        return _rank_before(row, others, others.index(mates[target]) + (step > 0))
    return _move_to_next_class(draft, row, others, step)


def _move_to_next_class(draft: Draft, row: StoredRow, others: list[StoredRow], step: int) -> list[Change]:
    """Move a row up to the end of the class above, or down to the start of the class below."""
    nodes = [second.key for _, second in draft.edition.leaves()]
    old = row.texts["node"]
    target = (nodes.index(old) if old in nodes else len(nodes)) + step
    if not 0 <= target < len(nodes):
        return []
    mates = [other for other in others if other.texts["node"] == nodes[target]]
    index = others.index(mates[0]) if step > 0 and mates else len(others)
    return [*_rank_before(row, others, index), Change(str(indicator(row.key, "node")), old, nodes[target])]


def _rank_before(row: StoredRow, others: list[StoredRow], index: int) -> list[Change]:
    (rank,), reranked = ranks_before(SECTION, others, index)
    return [Change(str(Place(SECTION, row.key)), row.rank, rank), *reranked]
