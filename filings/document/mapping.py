"""Mapping of classes, budget lines and fields between two editions, and transfer of documents along it.

Ambiguous matches count as missing, and every text without a counterpart is reported.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from filings.document import money, place
from filings.document.content import FilingDocument, IndicatorRow, TaskRow
from filings.document.edition import AmountLine, Column, Edition, Node
from filings.document.labels import match_key, same
from filings.document.place import Place
from filings.document.text import bare

LAST_VALUE = "last_value"


@dataclass(frozen=True)
class EditionMapping:
    """Keys of the new edition by keys of the old one, None where there is no counterpart.

    `nodes` are second-level nodes, `lines` budget lines.
    """

    nodes: Mapping[str, str | None]
    lines: Mapping[str, str | None]
    fields: Mapping[str, str | None]


@dataclass(frozen=True)
class UnmappedText:
    """A text without a place in the new edition: its old place, the label of its cell, the text."""

    place: Place
    label: str
    text: str


@dataclass(frozen=True)
class CarriedDocument:
    """A document carried to another edition, with the texts that have no place there."""

    document: FilingDocument
    unmapped: tuple[UnmappedText, ...]


def map_editions(old: Edition, new: Edition) -> EditionMapping:
    """Find the counterpart in `new` of each second-level node, budget line and field of `old`.

    Nodes are matched by key, canonical key, and label or alias; lines and fields by key, then by label or alias, lines
    only within their split. The totals always correspond.
    """
    named = {key: {match_key(label)} for key, label in _field_labels(new).items()}
    lines = {split.side: {line.key: _names(line) for line in split.lines} for split in new.splits}
    return EditionMapping(
        nodes={second.key: _node(first, second, new) for first, second in old.leaves()},
        lines={old.total.key: new.total.key}
        | {
            line.key: _by_key_or_name(line.key, _names(line), lines.get(split.side, {}))
            for split in old.splits
            for line in split.lines
        },
        fields={key: _by_key_or_name(key, {match_key(label)}, named) for key, label in _field_labels(old).items()},
    )


def carry(document: FilingDocument, old: Edition, new: Edition) -> CarriedDocument:
    """Carry a document of edition `old` over to edition `new`. Rows keep their keys and their order.

    A row whose class has no counterpart becomes unclassified and keeps its labels. Where the editions' units differ,
    amounts are written with their unit. A `last_value` column receives the row's own target, because the document is
    that of the year before.
    """
    mapping = map_editions(old, new)
    carried = replace(
        document,
        edition=new.code,
        edition_sha256=new.sha256,
        fields=_by_new_key(document.fields, mapping.fields),
        amounts=_by_new_key(
            {key: with_unit(text, old.unit, new.unit) for key, text in document.amounts.items()}, mapping.lines
        ),
        duties=document.duties if new.has("duties") else (),
        goals=document.goals if new.has("goal") else (),
        indicators=tuple(_row(row, mapping, new) for row in document.indicators),
        tasks=tuple(_task(task, old, new) for task in document.tasks) if new.has("tasks") else (),
    )
    return CarriedDocument(carried, tuple(_unmapped(document, old, new, mapping)))


def with_unit(text: str, own: str, other: str) -> str:
    """Write an amount of an edition with unit `own` for an edition with unit `other`.

    The unit is appended where the two differ in value; numbers are never converted.
    """
    amount = money.parse(text, own)
    is_bare = amount.unit == own and bool(amount.text)
    return f"{amount.text}{own}" if is_bare and money.UNITS[own] != money.UNITS[other] else text


def _node(first: Node, second: Node, new: Edition) -> str | None:
    leaves = list(new.leaves())
    alike = [(parent, node) for parent, node in leaves if _names(node) & _names(second)]
    same_name = [node for _, node in alike]
    same_meaning = [node for _, node in leaves if node.canonical == second.canonical]
    matches = (
        # A key whose canonical key and label have both changed now names a different class.
        [node for _, node in leaves if node.key == second.key and (node in same_meaning or node in same_name)],
        same_meaning,
        [node for node in same_meaning if same(node.label, second.label)],
        [node for parent, node in alike if _names(parent) & _names(first)],
        same_name,
    )
    return next((nodes[0].key for nodes in matches if len(nodes) == 1), None)


def _by_key_or_name(key: str, names: set[str], candidates: Mapping[str, set[str]]) -> str | None:
    if key in candidates:
        return key
    alike = [other for other, others in candidates.items() if others & names]
    return alike[0] if len(alike) == 1 else None


def _names(item: Node | AmountLine) -> set[str]:
    return {match_key(name) for name in (item.label, *item.aliases)}


def _field_labels(edition: Edition) -> dict[str, str]:
    lines = {item.key: item.label for item in (*edition.header, *edition.footer)}
    return lines | {section.key: section.label for section in edition.sections if section.kind == "field"}


def _by_new_key(texts: Mapping[str, str], keys: Mapping[str, str | None]) -> dict[str, str]:
    """Map texts to new keys; of several texts for one cell, the first that is not blank wins."""
    mapped: dict[str, str] = {}
    for key, text in texts.items():
        if (new_key := keys.get(key)) and not mapped.get(new_key):
            mapped[new_key] = text
    return mapped


def _row(row: IndicatorRow, mapping: EditionMapping, new: Edition) -> IndicatorRow:
    node = mapping.nodes.get(row.node) if row.node else new.classify(row.first_level, row.second_level)
    levels = new.levels(node) if node else None
    first, second = map(bare, (level.label for level in levels)) if levels else (row.first_level, row.second_level)
    further = [column.key for column in new.further_columns]
    more = {key: text for key in further if (text := row.target if key == LAST_VALUE else row.more.get(key, ""))}
    return IndicatorRow(row.key, node, first, second, row.name, row.target, more)


def _task(task: TaskRow, old: Edition, new: Edition) -> TaskRow:
    texts = {**task.cells, "amount": with_unit(task.cells.get("amount", ""), old.unit, new.unit)}
    return TaskRow(task.key, {column.key: texts.get(column.key, "") for column in new.task_columns})


def _unmapped(document: FilingDocument, old: Edition, new: Edition, mapping: EditionMapping) -> Iterator[UnmappedText]:
    """Yield the texts of cells that the new edition does not have."""
    return (item for item in _all_unmapped(document, old, new, mapping) if item.text)


def _all_unmapped(
    document: FilingDocument, old: Edition, new: Edition, mapping: EditionMapping
) -> Iterator[UnmappedText]:
    yield from _lost(document.fields, mapping.fields, _field_labels(old), "fields")
    yield from _lost(document.amounts, mapping.lines, {line.key: line.label for line in old.lines}, "amounts")
    labels = {section.kind: _plain(section.label) for section in old.sections}
    if not new.has("duties"):
        yield from (UnmappedText(place.duty(duty.key), labels.get("duties", ""), duty.text) for duty in document.duties)
    if not new.has("goal"):
        yield UnmappedText(place.goal(), labels.get("goal", ""), document.goal)
    for column in old.task_columns:
        if column.key not in _keys(new.task_columns):
            for task in document.tasks:
                yield UnmappedText(
                    place.task(task.key, column.key), _plain(column.label), task.cells.get(column.key, "")
                )
    for column in old.further_columns:
        if column.key not in _keys(new.further_columns) | {LAST_VALUE}:
            for row in document.indicators:
                label = f"{row.name}，{_plain(column.label)}"
                yield UnmappedText(place.indicator(row.key, column.key), label, row.more.get(column.key, ""))


def _lost(
    texts: Mapping[str, str], keys: Mapping[str, str | None], labels: Mapping[str, str], section: str
) -> Iterator[UnmappedText]:
    """Yield texts whose cell is missing or was taken by another text."""
    carried = _by_new_key(texts, keys)
    for key, text in texts.items():
        new_key = keys.get(key)
        if new_key is None or carried[new_key] != text:
            yield UnmappedText(Place(section, key), _plain(labels.get(key, key)), text)


def _keys(columns: Iterable[Column]) -> set[str]:
    return {column.key for column in columns}


def _plain(label: str) -> str:
    return bare(label).rstrip(":：")
