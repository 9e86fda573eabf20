"""Indicators of a draft as rows. Their positions leave gaps; what counts is the order within each class."""

from django.db.models import F

from filings.document.content import MOST_INDICATORS
from filings.document.place import Place, indicator
from filings.drafts.changes import Changes, RowGone, change, check_room
from filings.drafts.content import new_key
from filings.models import Filing, Indicator, IndicatorNode


def add(filing: Filing, at: Place) -> Changes:
    rows = list(filing.indicators.all())
    check_room(rows, 1, MOST_INDICATORS)
    if at.section == "nodes":
        node = _nodes(filing).get(at.key)
        if node is None:
            raise RowGone()
        new = Indicator(filing=filing, key=new_key(), position=_end(rows), node=node)
    else:
        above = _find(rows, at)
        _make_room(filing, above.position + 1)
        new = Indicator(
            filing=filing,
            key=new_key(),
            position=above.position + 1,
            node_id=above.node_id,
            found_first_level=above.found_first_level,
            found_second_level=above.found_second_level,
        )
    new.save(force_insert=True)
    return [change(Place("indicators", new.key), "", str(new.position))]


def remove(filing: Filing, at: Place) -> Changes:
    row = _find(list(filing.indicators.all()), at)
    row.delete()
    cells = {"name": row.name, "target": row.target}
    emptied = [change(indicator(at.key, column), text, "") for column, text in cells.items() if text]
    return [change(Place("indicators", at.key), str(row.position), ""), *emptied]


def move(filing: Filing, at: Place, step: int) -> Changes:
    rows = list(filing.indicators.all())
    row = _find(rows, at)
    mates = [other for other in rows if other.node_id == row.node_id]
    to = mates.index(row) + step
    if 0 <= to < len(mates):
        return [_put(filing, row, mates[to].position + (step > 0))]
    nodes = list(_nodes(filing).values())
    beyond = next((number for number, node in enumerate(nodes) if node.pk == row.node_id), len(nodes)) + step
    return _into_class(filing, row, rows, nodes, beyond, step)


def _into_class(
    filing: Filing, row: Indicator, rows: list[Indicator], nodes: list[IndicatorNode], beyond: int, step: int
) -> Changes:
    """Over the edge of its class: up to the end of the one above, down to the beginning of the one below."""
    if not 0 <= beyond < len(nodes):
        return [change(Place("indicators", row.key), str(row.position), str(row.position))]
    was, row.node = row.node, nodes[beyond]
    there = [other.position for other in rows if other.node_id == row.node_id and other is not row]
    moved = _put(filing, row, min(there) if step > 0 and there else _end(rows))
    return [moved, change(indicator(row.key, "node"), was.key if was else "", row.node.key)]


def _put(filing: Filing, row: Indicator, position: int) -> dict[str, str]:
    before = row.position
    _make_room(filing, position)
    row.position = position
    row.save(update_fields=["position", "node"])
    return change(Place("indicators", row.key), str(before), str(position))


def _make_room(filing: Filing, position: int) -> None:
    filing.indicators.filter(position__gte=position).update(position=F("position") + 1)


def _end(rows: list[Indicator]) -> int:
    return max((row.position for row in rows), default=-1) + 1


def _find(rows: list[Indicator], at: Place) -> Indicator:
    for row in rows:
        if row.key == at.key:
            return row
    raise RowGone()


def _nodes(filing: Filing) -> dict[str, IndicatorNode]:
    """Second-level nodes in printed order, by key."""
    return {node.key: node for node in filing.cycle.edition.nodes.filter(parent__isnull=False).order_by("position")}
