"""Assemble the rows of the edition form into splits and the indicator tree."""

from collections.abc import Iterable, Iterator
from itertools import chain, count

from django.core.exceptions import ValidationError

from filings.admin.editions.parts import SIDES, Data
from filings.admin.editions.rows import FIRST, LineRow, NodeRow
from filings.choices import Side
from filings.document.edition_validation import LONGEST_KEY

STEMS = {str(Side.INCOME): "INC.NEW", str(Side.EXPENDITURE): "EXP.NEW"}


def assemble_splits(data: Data, rows: Iterable[LineRow]) -> list[Data]:
    """Return the splits of the data with these lines. Raises ValidationError for a split without lines."""
    rows = list(rows)
    taken = {row.key for row in rows} | {data["total"]["key"]}
    lines: dict[str, list[Data]] = {split["side"]: [] for split in data["splits"]}
    for row in rows:
        values = {name: row.cleaned_data[name] for name in ("label", "aliases")}
        side = row.cleaned_data["side"]
        lines[side].append({**row.initial, **values, "key": row.key or _new_key(STEMS[side], taken)})
    for side, members in lines.items():
        if not members:
            raise ValidationError(f"按{SIDES[side]}分的预算行至少保留一行。")
    return [{**split, "lines": lines[split["side"]]} for split in data["splits"]]


def assemble_tree(rows: Iterable[NodeRow]) -> list[Data]:
    """Return the indicators as a tree. Raises ValidationError for one without a first level above it."""
    rows = list(rows)
    taken = {row.key for row in rows}
    tree: list[Data] = []
    for row in rows:
        node = _node(row, taken)
        if row.cleaned_data["level"] == FIRST:
            tree.append(node)
        elif tree:
            tree[-1]["children"].append(node)
        else:
            raise ValidationError(f"「{node['label']}」上面没有一级指标，请把它的次序调大。")
    _check_tree(tree)
    return tree


def nodes_in(tree: Iterable[Data]) -> Iterator[Data]:
    """Yield both levels of a tree in printed order."""
    for first in tree:
        yield first
        yield from first["children"]


def _node(row: NodeRow, taken: set[str]) -> Data:
    values = {name: row.cleaned_data[name] for name in ("label", "aliases", "required")}
    canonical = row.cleaned_data["canonical"]
    key = row.key or _new_key(canonical or "NEW", taken)
    # The edition's own classes are compared by their label, as in the library.
    own = "".join(values["label"].split())[:LONGEST_KEY]
    return {**row.initial, **values, "key": key, "canonical": canonical or own, "children": []}


def _new_key(wanted: str, taken: set[str]) -> str:
    """Return a key that no other row has and add it to `taken`."""
    keys = chain((wanted,), (f"{wanted}.{number}" for number in count(2)))
    key = next(key for key in keys if key not in taken)
    taken.add(key)
    return key


def _check_tree(tree: list[Data]) -> None:
    if not tree:
        raise ValidationError("指标已全部删去，请至少保留一个一级指标和它的一个二级指标。")
    for first in tree:
        labels = [second["label"] for second in first["children"]]
        if not labels:
            raise ValidationError(f"一级指标「{first['label']}」下面没有二级指标，请加一个，或者把它也删去。")
        if duplicates := [label for label in labels if labels.count(label) > 1]:
            raise ValidationError(f"「{first['label']}」下面有两个「{duplicates[0]}」，请删去一个，或者改名称。")
