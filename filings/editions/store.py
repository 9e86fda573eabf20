"""Write editions: add, change, or store whichever applies. They are read by `FormEdition.definition`."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from filings.document.edition import Edition, Node
from filings.models import BudgetLine, FormEdition, IndicatorNode
from filings.models.cycles.edition import new_stamp


class EditionNotStored(Exception):
    """An edition could not be written; nothing has changed."""


class EditionInUse(EditionNotStored):
    """Submitted filings use the edition."""


class EditionTaken(EditionNotStored):
    """Another edition has the same code and version."""


def store(definition: Edition) -> FormEdition:
    """Add an edition or change the stored one of the same code and version.

    Storing an equal edition again changes nothing. Raises EditionInUse and EditionTaken.
    """
    row = FormEdition.objects.filter(code=definition.code, version=definition.version).first()
    return change(row, definition) if row else add(definition)


@transaction.atomic
def add(definition: Edition) -> FormEdition:
    """Add an edition. Raises EditionTaken, also when another user adds the same one first."""
    row = FormEdition(code=definition.code, version=definition.version)
    try:
        with transaction.atomic():
            _save(row, definition)
    except IntegrityError as error:
        raise EditionTaken(f"{definition.code} version {definition.version} exists: make the next") from error
    _store_parts(row, definition)
    return row


@transaction.atomic
def change(row: FormEdition, definition: Edition) -> FormEdition:
    """Replace the content of an edition; code and version stay. Raises EditionInUse."""
    row = FormEdition.objects.select_for_update().get(pk=row.pk)
    if row.definition().sha256 == definition.sha256:
        return row
    if row.in_use():
        raise EditionInUse(f"{row.code} version {row.version} is used by submitted filings: make the next")
    _save(row, definition)
    _store_parts(row, definition)
    return row


def _save(row: FormEdition, definition: Edition) -> None:
    row.name, row.layout, row.stamp = definition.name, _layout(definition), new_stamp()
    row.save()


def _store_parts(row: FormEdition, definition: Edition) -> None:
    _store_lines(row, definition)
    _store_nodes(row, definition)


def _layout(definition: Edition) -> dict[str, Any]:
    """Return the edition's data without the parts that have columns or tables of their own."""
    stored_apart = ("code", "version", "name", "total", "tree")
    data = {key: value for key, value in definition.to_data().items() if key not in stored_apart}
    data["splits"] = [{key: split[key] for key in split if key != "lines"} for split in data["splits"]]
    return data


def _store_lines(row: FormEdition, definition: Edition) -> None:
    lines = [("", definition.total), *((split.side, line) for split in definition.splits for line in split.lines)]
    row.lines.exclude(key__in=[line.key for _side, line in lines]).delete()
    BudgetLine.objects.bulk_create(
        (
            BudgetLine(
                edition=row, key=line.key, side=side, position=position, label=line.label, aliases=list(line.aliases)
            )
            for position, (side, line) in enumerate(lines)
        ),
        update_conflicts=True,
        unique_fields=("edition", "key"),
        update_fields=("side", "position", "label", "aliases"),
    )


def _store_nodes(row: FormEdition, definition: Edition) -> None:
    """Store the tree. Nodes whose key stays keep their primary key, because indicators of drafts refer to it."""
    nodes = [node for first in definition.tree for node in (first, *first.children)]
    positions = {node.key: position for position, node in enumerate(nodes)}
    firsts = _store_level(row, [(first, None) for first in definition.tree], positions)
    parents = {stored.key: stored for stored in firsts}
    seconds = [(second, parents[first.key]) for first in definition.tree for second in first.children]
    _store_level(row, seconds, positions)
    row.nodes.exclude(key__in=positions).delete()


def _store_level(
    row: FormEdition, level: Sequence[tuple[Node, IndicatorNode | None]], positions: Mapping[str, int]
) -> list[IndicatorNode]:
    """Add or change the nodes of one level, given with their parents, and return them stored."""
    return IndicatorNode.objects.bulk_create(
        (
            IndicatorNode(
                edition=row,
                parent=parent,
                key=node.key,
                canonical=node.canonical,
                position=positions[node.key],
                label=node.label,
                aliases=list(node.aliases),
                required=node.required,
            )
            for node, parent in level
        ),
        update_conflicts=True,
        unique_fields=("edition", "key"),
        update_fields=("parent", "canonical", "position", "label", "aliases", "required"),
    )
