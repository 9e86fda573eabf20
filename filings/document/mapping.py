"""How the classes, budget lines and fields of one edition are those of another, and a document carried from one form to
the other. Nothing is guessed: what could be several is none, and what is gone is told.
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
    """By the old form's keys the new form's: second-level nodes, budget lines, fields. None for what is gone."""

    nodes: Mapping[str, str | None]
    lines: Mapping[str, str | None]
    fields: Mapping[str, str | None]


@dataclass(frozen=True)
class Left:
    """A text that the new form has no place for: where it stood, what its cell is called, and what it says."""

    place: Place
    label: str
    text: str


@dataclass(frozen=True)
class Carried:
    """A document on another form, and what of it has no place there."""

    document: FilingDocument
    left: tuple[Left, ...]


def between(old: Edition, new: Edition) -> EditionMapping:
    """What of the new form stands for each node, line and field of the old one.

    Nodes by key, by canonical key, by label or alias; lines and fields by key, then by label or alias, lines within
    their split. The totals are each other's.
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


def carry(document: FilingDocument, old: Edition, new: Edition) -> Carried:
    """A document of the old form on the new one. Rows keep their keys and their order.

    A row whose class is gone has no node and keeps its labels. Amounts keep their unit where the forms' differ. A
    column of last year's value holds the document's own target, for it is of the year before.
    """
    mapping = between(old, new)
    carried = replace(
        document,
        edition=new.code,
        edition_sha256=new.sha256,
        fields=_by_new_key(document.fields, mapping.fields),
        amounts=_by_new_key(
            {key: in_unit(text, old.unit, new.unit) for key, text in document.amounts.items()}, mapping.lines
        ),
        duties=document.duties if new.has("duties") else (),
        goals=document.goals if new.has("goal") else (),
        indicators=tuple(_row(row, mapping, new) for row in document.indicators),
        tasks=tuple(_task(task, old, new) for task in document.tasks) if new.has("tasks") else (),
    )
    return Carried(carried, tuple(_left(document, old, new, mapping)))


def in_unit(text: str, own: str, other: str) -> str:
    """An amount of a form in the unit `own` as it is written on a form in another: with its unit, never converted."""
    amount = money.parse(text, own)
    is_bare = amount.unit == own and bool(amount.text)
    return f"{amount.text}{own}" if is_bare and money.UNITS[own] != money.UNITS[other] else text


def _node(first: Node, second: Node, new: Edition) -> str | None:
    leaves = list(new.leaves())
    alike = [(above, node) for above, node in leaves if _names(node) & _names(second)]
    like_me = [node for _, node in alike]
    meaning = [node for _, node in leaves if node.canonical == second.canonical]
    ways = (
        # A key that has another meaning and another label by now is no longer the same class.
        [node for _, node in leaves if node.key == second.key and (node in meaning or node in like_me)],
        meaning,
        [node for node in meaning if same(node.label, second.label)],
        [node for above, node in alike if _names(above) & _names(first)],
        like_me,
    )
    return next((found[0].key for found in ways if len(found) == 1), None)


def _by_key_or_name(key: str, names: set[str], found: Mapping[str, set[str]]) -> str | None:
    if key in found:
        return key
    alike = [other for other, others in found.items() if others & names]
    return alike[0] if len(alike) == 1 else None


def _names(item: Node | AmountLine) -> set[str]:
    return {match_key(name) for name in (item.label, *item.aliases)}


def _field_labels(edition: Edition) -> dict[str, str]:
    lines = {item.key: item.label for item in (*edition.header, *edition.footer)}
    return lines | {section.key: section.label for section in edition.sections if section.kind == "field"}


def _by_new_key(texts: Mapping[str, str], keys: Mapping[str, str | None]) -> dict[str, str]:
    """Two texts that would come to one cell: the first that says something has it."""
    found: dict[str, str] = {}
    for key, text in texts.items():
        if (at := keys.get(key)) and not found.get(at):
            found[at] = text
    return found


def _row(row: IndicatorRow, mapping: EditionMapping, new: Edition) -> IndicatorRow:
    node = mapping.nodes.get(row.node) if row.node else new.classify(row.first_level, row.second_level)
    levels = new.levels(node) if node else None
    first, second = map(bare, (level.label for level in levels)) if levels else (row.first_level, row.second_level)
    further = [column.key for column in new.further_columns]
    more = {key: text for key in further if (text := row.target if key == LAST_VALUE else row.more.get(key, ""))}
    return IndicatorRow(row.key, node, first, second, row.name, row.target, more)


def _task(task: TaskRow, old: Edition, new: Edition) -> TaskRow:
    texts = {**task.cells, "amount": in_unit(task.cells.get("amount", ""), old.unit, new.unit)}
    return TaskRow(task.key, {column.key: texts.get(column.key, "") for column in new.task_columns})


def _left(document: FilingDocument, old: Edition, new: Edition, mapping: EditionMapping) -> Iterator[Left]:
    """What stood in cells that the new form does not have."""
    return (item for item in _without_place(document, old, new, mapping) if item.text)


def _without_place(document: FilingDocument, old: Edition, new: Edition, mapping: EditionMapping) -> Iterator[Left]:
    yield from _gone(document.fields, mapping.fields, _field_labels(old), "fields")
    yield from _gone(document.amounts, mapping.lines, {line.key: line.label for line in old.lines}, "amounts")
    labels = {section.kind: _plain(section.label) for section in old.sections}
    if not new.has("duties"):
        yield from (Left(place.duty(duty.key), labels.get("duties", ""), duty.text) for duty in document.duties)
    if not new.has("goal"):
        yield Left(place.goal(), labels.get("goal", ""), document.goal)
    for column in old.task_columns:
        if column.key not in _keys(new.task_columns):
            for task in document.tasks:
                yield Left(place.task(task.key, column.key), _plain(column.label), task.cells.get(column.key, ""))
    for column in old.further_columns:
        if column.key not in _keys(new.further_columns) | {LAST_VALUE}:
            for row in document.indicators:
                label = f"{row.name}，{_plain(column.label)}"
                yield Left(place.indicator(row.key, column.key), label, row.more.get(column.key, ""))


def _gone(
    texts: Mapping[str, str], keys: Mapping[str, str | None], labels: Mapping[str, str], section: str
) -> Iterator[Left]:
    """What came to no cell; also what another text came to first."""
    carried = _by_new_key(texts, keys)
    for key, text in texts.items():
        at = keys.get(key)
        if at is None or carried[at] != text:
            yield Left(Place(section, key), _plain(labels.get(key, key)), text)


def _keys(columns: Iterable[Column]) -> set[str]:
    return {column.key for column in columns}


def _plain(label: str) -> str:
    return bare(label).rstrip(":：")
