"""Steps with indicators, as changes. Ranks run through the whole tree; what counts is the order within each class."""

from filings.document import rank
from filings.document.place import Place, indicator
from filings.drafts.beginning import new_key
from filings.drafts.changes import Change
from filings.drafts.content import Draft
from filings.drafts.duties import RowGone, check_room, find, ranks_between
from filings.drafts.stored import StoredRow


def add(draft: Draft, at: Place) -> list[Change]:
    rows = draft.stored.standing("indicators")
    check_room(draft, "indicators", 1)
    if at.section == "nodes":
        if draft.edition.levels(at.key) is None:
            raise RowGone()
        node, (new,) = at.key, ranks_between(rows, len(rows), 1)
    else:
        above = find(rows, at)
        node, (new,) = rows[above].texts["node"], ranks_between(rows, above + 1, 1)
    row = Place("indicators", new_key())
    return [Change(str(row), "", new), Change(str(indicator(row.key, "node")), "", node)]


def remove(draft: Draft, at: Place) -> list[Change]:
    rows = draft.stored.standing("indicators")
    return [Change(str(Place("indicators", at.key)), rows[find(rows, at)].rank, "")]


def move(draft: Draft, at: Place, step: int) -> list[Change]:
    rows = draft.stored.standing("indicators")
    row = rows[find(rows, at)]
    mates = [other for other in rows if other.texts["node"] == row.texts["node"]]
    to = mates.index(row) + step
    if 0 <= to < len(mates):
        rest = [other for other in rows if other is not row]
        return [_put(row, ranks_between(rest, rest.index(mates[to]) + (step > 0), 1)[0])]
    return _into_class(draft, row, rows, step)


def _into_class(draft: Draft, row: StoredRow, rows: list[StoredRow], step: int) -> list[Change]:
    """Over the edge of its class: up to the end of the one above, down to the beginning of the one below."""
    nodes = [second.key for _, second in draft.edition.leaves()]
    was = row.texts["node"]
    beyond = (nodes.index(was) if was in nodes else len(nodes)) + step
    if not 0 <= beyond < len(nodes):
        return []
    there = [other for other in rows if other.texts["node"] == nodes[beyond]]
    behind = step < 0 or not there
    low, high = (rows[-1].rank, "") if behind else ("", there[0].rank)
    if not behind and rows.index(there[0]):
        low = rows[rows.index(there[0]) - 1].rank
    return [_put(row, rank.spread(low, high, 1)[0]), Change(str(indicator(row.key, "node")), was, nodes[beyond])]


def _put(row: StoredRow, at: str) -> Change:
    return Change(str(Place("indicators", row.key)), row.rank, at)
