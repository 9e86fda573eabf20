"""Rows of an edition's form put together to its splits and its tree; refused in words where they make none."""

from collections.abc import Iterable, Iterator
from itertools import chain, count

from django.core.exceptions import ValidationError

from filings.admin.edition_parts import SIDES, Data
from filings.admin.edition_rows import FIRST, LineRow, NodeRow
from filings.choices import Side
from filings.document.edition_validation import LONGEST_KEY

STEMS = {str(Side.INCOME): "INC.NEW", str(Side.EXPENDITURE): "EXP.NEW"}


def splits_of(data: Data, rows: Iterable[LineRow]) -> list[Data]:
    """The splits of the data with the lines that are kept. Raises ValidationError where a split has none."""
    kept = list(rows)
    taken = {row.key for row in kept} | {data["total"]["key"]}
    lines: dict[str, list[Data]] = {split["side"]: [] for split in data["splits"]}
    for row in kept:
        values = {name: row.cleaned_data[name] for name in ("label", "aliases")}
        side = row.cleaned_data["side"]
        lines[side].append({**row.initial, **values, "key": row.key or _new_key(STEMS[side], taken)})
    for side, found in lines.items():
        if not found:
            raise ValidationError(f"按{SIDES[side]}分的预算行至少要留一行。")
    return [{**split, "lines": lines[split["side"]]} for split in data["splits"]]


def tree_of(rows: Iterable[NodeRow]) -> list[Data]:
    """The indicators that are kept, as a tree. Raises ValidationError where one has no place in it."""
    kept = list(rows)
    taken = {row.key for row in kept}
    tree: list[Data] = []
    for row in kept:
        node = _node(row, taken)
        if row.cleaned_data["level"] == FIRST:
            tree.append(node)
        elif tree:
            tree[-1]["children"].append(node)
        else:
            raise ValidationError("「{label}」上面没有一级指标，请把它的次序改大。".format(label=node["label"]))
    _check_tree(tree)
    return tree


def nodes_in(tree: Iterable[Data]) -> Iterator[Data]:
    """Both levels of a tree, in printed order."""
    for first in tree:
        yield first
        yield from first["children"]


def _node(row: NodeRow, taken: set[str]) -> Data:
    values = {name: row.cleaned_data[name] for name in ("label", "aliases", "required")}
    canonical = row.cleaned_data["canonical"]
    key = row.key or _new_key(canonical or "NEW", taken)
    # A class of the form's own compares by its words, which is also what the library calls it.
    own = "".join(values["label"].split())[:LONGEST_KEY]
    return {**row.initial, **values, "key": key, "canonical": canonical or own, "children": []}


def _new_key(wanted: str, taken: set[str]) -> str:
    """A key that no other row has; it is taken from then on."""
    keys = chain((wanted,), (f"{wanted}.{number}" for number in count(2)))
    key = next(key for key in keys if key not in taken)
    taken.add(key)
    return key


def _check_tree(tree: list[Data]) -> None:
    if not tree:
        raise ValidationError("指标一行也没有了，请至少留一个一级指标和它的一个二级指标。")
    for first in tree:
        labels = [second["label"] for second in first["children"]]
        if not labels:
            words = {"label": first["label"]}
            raise ValidationError("一级指标「{label}」下面没有二级指标，请加一个，或者把它也删去。".format(**words))
        if twice := [label for label in labels if labels.count(label) > 1]:
            words = {"first": first["label"], "second": twice[0]}
            raise ValidationError("「{first}」下面有两个「{second}」，请删去一个，或者改名称。".format(**words))
